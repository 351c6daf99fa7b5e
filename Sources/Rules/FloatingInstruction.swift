/// The LLVM instructions that compute with floating-point numbers.
public enum FloatingInstruction: String, CaseIterable, Hashable, Sendable {
  case fneg, fadd, fsub, fmul, fdiv, frem
  case fpext, fptrunc
  case sitofp, uitofp, fptosi, fptoui
  case fcmp
}

internal import CLLVM

/// LLVM's instruction opcodes.
package enum Opcode {
  case ret, br, `switch`, indirectBr, invoke, unreachable, callBr, resume
  case fneg, add, fadd, sub, fsub, mul, fmul, udiv, sdiv, fdiv, urem, srem, frem
  case shl, lshr, ashr, and, or, xor
  case alloca, load, store, gep, fence, cmpxchg, atomicRMW
  case trunc, zext, sext, fptoui, fptosi, uitofp, sitofp, fptrunc, fpext
  case ptrtoint, inttoptr, bitcast, addrspacecast
  case icmp, fcmp, phi, call, select, vaArg
  case extractElement, insertElement, shuffleVector, extractValue, insertValue
  case freeze, landingPad, cleanupRet, catchRet, catchPad, cleanupPad, catchSwitch, other

  init(_ c: LLVMOpcode) {
    self =
      switch c {
      case LLVMRet: .ret
      case LLVMBr: .br
      case LLVMSwitch: .switch
      case LLVMIndirectBr: .indirectBr
      case LLVMInvoke: .invoke
      case LLVMUnreachable: .unreachable
      case LLVMCallBr: .callBr
      case LLVMResume: .resume
      case LLVMFNeg: .fneg
      case LLVMAdd: .add
      case LLVMFAdd: .fadd
      case LLVMSub: .sub
      case LLVMFSub: .fsub
      case LLVMMul: .mul
      case LLVMFMul: .fmul
      case LLVMUDiv: .udiv
      case LLVMSDiv: .sdiv
      case LLVMFDiv: .fdiv
      case LLVMURem: .urem
      case LLVMSRem: .srem
      case LLVMFRem: .frem
      case LLVMShl: .shl
      case LLVMLShr: .lshr
      case LLVMAShr: .ashr
      case LLVMAnd: .and
      case LLVMOr: .or
      case LLVMXor: .xor
      case LLVMAlloca: .alloca
      case LLVMLoad: .load
      case LLVMStore: .store
      case LLVMGetElementPtr: .gep
      case LLVMFence: .fence
      case LLVMAtomicCmpXchg: .cmpxchg
      case LLVMAtomicRMW: .atomicRMW
      case LLVMTrunc: .trunc
      case LLVMZExt: .zext
      case LLVMSExt: .sext
      case LLVMFPToUI: .fptoui
      case LLVMFPToSI: .fptosi
      case LLVMUIToFP: .uitofp
      case LLVMSIToFP: .sitofp
      case LLVMFPTrunc: .fptrunc
      case LLVMFPExt: .fpext
      case LLVMPtrToInt: .ptrtoint
      case LLVMIntToPtr: .inttoptr
      case LLVMBitCast: .bitcast
      case LLVMAddrSpaceCast: .addrspacecast
      case LLVMICmp: .icmp
      case LLVMFCmp: .fcmp
      case LLVMPHI: .phi
      case LLVMCall: .call
      case LLVMSelect: .select
      case LLVMVAArg: .vaArg
      case LLVMExtractElement: .extractElement
      case LLVMInsertElement: .insertElement
      case LLVMShuffleVector: .shuffleVector
      case LLVMExtractValue: .extractValue
      case LLVMInsertValue: .insertValue
      case LLVMFreeze: .freeze
      case LLVMLandingPad: .landingPad
      case LLVMCleanupRet: .cleanupRet
      case LLVMCatchRet: .catchRet
      case LLVMCatchPad: .catchPad
      case LLVMCleanupPad: .cleanupPad
      case LLVMCatchSwitch: .catchSwitch
      default: .other
      }
  }

  package var isTerminator: Bool {
    switch self {
    case .ret, .br, .switch, .indirectBr, .invoke, .unreachable, .callBr, .resume, .cleanupRet,
      .catchRet, .catchSwitch:
      true
    default: false
    }
  }
  /// Casts between scalar types or vectors of such.
  package var isCast: Bool {
    switch self {
    case .trunc, .zext, .sext, .fptoui, .fptosi, .uitofp, .sitofp, .fptrunc, .fpext, .ptrtoint,
      .inttoptr, .bitcast, .addrspacecast:
      true
    default: false
    }
  }
  /// Two-operand integer arithmetic.
  package var isIntegerArithmetic: Bool {
    switch self {
    case .add, .sub, .mul, .udiv, .sdiv, .urem, .srem, .shl, .lshr, .ashr, .and, .or, .xor: true
    default: false
    }
  }
  package var isFloatArithmetic: Bool {
    switch self {
    case .fneg, .fadd, .fsub, .fmul, .fdiv, .frem: true
    default: false
    }
  }
}

import Testing

@testable import Frontend

@Suite struct HookTests {
  @Test(arguments: [
    ("__nabla_autodiff", Hook.autodiff),
    ("__enzyme_autodiff_area", .autodiff),
    ("_Z18__enzyme_autodiffIdJPvdEET_DpT0_", .autodiff),
    ("my__nabla_fwddiff7", .fwddiff),
    ("__enzyme_augmentfwd_e", .augmentfwd),
    ("__enzyme_augmentsize", .augmentsize),
    ("__nabla_virtualreverse", .virtualreverse),
    ("__nabla_double", .assertion),
    ("__nabla_iter", .identity),
    ("__nabla_fixed_point", .checkpoint),
    ("__enzyme_todense", .denseView),
    ("__nabla_set_fixed_point", .unsupported),
  ])
  func recognised(_ name: String, _ hook: Hook) {
    #expect(HookTable.hook(in: name)?.hook == hook)
  }

  @Test(arguments: [
    "nabla_autodiff", "__enzyme_autodif", "__nabla_register_gradient_f", "autodiff", "",
  ])
  func notRecognised(_ name: String) { #expect(HookTable.hook(in: name) == nil) }

  @Test func noKeyBeginsWithAnother() {
    for (a, _) in HookTable.keys {
      for (b, _) in HookTable.keys where a != b {
        #expect(!a.hasPrefix(b), "\(a) begins with \(b)")
      }
    }
  }

  @Test func suggestions() {
    #expect(HookTable.nearest(to: "__enzyme_autodif") == "__enzyme_autodiff")
    #expect(HookTable.nearest(to: "__nabla_tape_allocate") == nil)
  }

  /// A function that the program defines is a hook only if its name begins with the hook's.
  @Test func definedFunctions() {
    let m = Fixture(
      """
      define double @my__nabla_autodiff_wrapper(double %x) { ret double %x }
      define double @__nabla_autodiff_own(double %x) { ret double %x }
      define double @f(double %x) {
        %a = call double @my__nabla_autodiff_wrapper(double %x)
        %b = call double @__nabla_autodiff_own(double %a)
        ret double %b
      }
      """)
    #expect(m.calls.map(\.instruction.value.name) == ["b"])
  }
}

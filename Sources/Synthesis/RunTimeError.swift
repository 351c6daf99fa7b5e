internal import IR

/// What a derivative finds out only when it runs.
enum RunTimeError {
  /// Ends the program with a message on the error stream, past what is buffered, which would be lost. Nothing can be inserted behind.
  static func stop(_ message: String, _ builder: Builder) {
    let module = builder.module
    let context = builder.context
    let byte = context.bytePointer
    let text = module.stringConstant("nabla: " + message + "\n")
    let write = module.declare("write", .function(context.i64, [context.i32, byte, context.i64]))
    let size = context.i64.constant(text.valueType.count - 1)
    let message = builder.call(write, [context.i32.constant(2), builder.cast(pointer: text.value, to: byte), size])
    message.instruction?.setDoesNotThrow()
    let end = builder.call(module.declare("abort", .function(context.void, [])), [])
    end.instruction?.setDoesNotThrow()
    builder.unreachable()
  }
}

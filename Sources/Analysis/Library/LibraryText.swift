// swift-format-ignore-file
// Made by Plugin/Library/generate.py of the C files beside it: change those.

/// Bodies of functions of libraries, in the dialect of LLVM 14.
enum LibraryText {
  static let blas = #"""
define void @nabla_blas_gemm(i8 %0, i8 %1, i64 %2, i64 %3, i64 %4, double %5, double* %6, i64 %7, double* %8, i64 %9, double* %10, i64 %11) {
  call void @nabla_blas_call_gemm(i8 %0, i8 %1, i64 %2, i64 %3, i64 %4, double %5, double* %6, i64 %7, double* %8, i64 %9, double 1.000000e+00, double* %10, i64 %11)
  ret void
}
declare void @nabla_blas_call_gemm(i8 , i8 , i64 , i64 , i64 , double , double* , i64 , double* , i64 , double , double* , i64 )
define i8* @nabla_blas_gemm_augmented(i8* %0, i64 %1, i8 %2, i8 %3, i64 %4, i64 %5, i64 %6, double %7, double* %8, double* %9, i64 %10, double* %11, double* %12, i64 %13, double* %14, double* %15, i64 %16) {
  %18 = call i8* @__nabla_tape_allocate(i8* %0, i64 16)
  %19 = bitcast i8* %18 to double**
  %20 = and i64 %1, 64
  %21 = icmp eq i64 %20, 0
  br i1 %21, label %33, label %22
22:
  %23 = icmp eq double* %12, null
  %24 = and i64 %1, 32
  %25 = icmp eq i64 %24, 0
  %26 = and i1 %25, %23
  br i1 %26, label %33, label %27
27:
  %28 = icmp eq i8 %2, 78
  br i1 %28, label %29, label %31
29:
  %30 = call fastcc double* @keep(i8* %0, i64 %4, i64 %6, double* %8, i64 %10)
  br label %33
31:
  %32 = call fastcc double* @keep(i8* %0, i64 %6, i64 %4, double* %8, i64 %10)
  br label %33
33:
  %34 = phi double* [ %30, %29 ], [ %32, %31 ], [ null, %17 ], [ null, %22 ]
  store double* %34, double** %19
  %35 = and i64 %1, 256
  %36 = icmp eq i64 %35, 0
  br i1 %36, label %48, label %37
37:
  %38 = icmp eq double* %9, null
  %39 = and i64 %1, 32
  %40 = icmp eq i64 %39, 0
  %41 = and i1 %40, %38
  br i1 %41, label %48, label %42
42:
  %43 = icmp eq i8 %3, 78
  br i1 %43, label %44, label %46
44:
  %45 = call fastcc double* @keep(i8* %0, i64 %6, i64 %5, double* %11, i64 %13)
  br label %48
46:
  %47 = call fastcc double* @keep(i8* %0, i64 %5, i64 %6, double* %11, i64 %13)
  br label %48
48:
  %49 = phi double* [ %45, %44 ], [ %47, %46 ], [ null, %33 ], [ null, %37 ]
  %50 = getelementptr i8, i8* %18, i64 8
  %51 = bitcast i8* %50 to double**
  store double* %49, double** %51
  call void @nabla_blas_gemm(i8 %2, i8 %3, i64 %4, i64 %5, i64 %6, double %7, double* %8, i64 %10, double* %11, i64 %13, double* %14, i64 %16)
  ret i8* %18
}
declare i8* @__nabla_tape_allocate(i8* , i64 )
define internal fastcc double* @keep(i8* %0, i64 %1, i64 %2, double* %3, i64 %4) unnamed_addr {
  %6 = shl i64 %1, 3
  %7 = mul i64 %6, %2
  %8 = call i8* @__nabla_tape_allocate(i8* %0, i64 %7)
  %9 = bitcast i8* %8 to double*
  %10 = icmp sgt i64 %2, 0
  br i1 %10, label %11, label %18
11:
  %12 = icmp sgt i64 %1, 0
  br label %13
13:
  %14 = phi i64 [ 0, %11 ], [ %20, %19 ]
  br i1 %12, label %15, label %19
15:
  %16 = mul i64 %14, %4
  %17 = mul i64 %14, %1
  br label %22
18:
  ret double* %9
19:
  %20 = add i64 %14, 1
  %21 = icmp eq i64 %20, %2
  br i1 %21, label %18, label %13
22:
  %23 = phi i64 [ 0, %15 ], [ %29, %22 ]
  %24 = add i64 %23, %16
  %25 = getelementptr double, double* %3, i64 %24
  %26 = load double, double* %25
  %27 = add i64 %23, %17
  %28 = getelementptr double, double* %9, i64 %27
  store double %26, double* %28
  %29 = add i64 %23, 1
  %30 = icmp eq i64 %29, %1
  br i1 %30, label %19, label %22
}
define double @nabla_blas_gemm_reverse(i64 %0, i8 %1, i8 %2, i64 %3, i64 %4, i64 %5, double %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12, double* %13, double* %14, i64 %15, i8* %16) {
  %18 = bitcast i8* %16 to double**
  %19 = load double*, double** %18
  %20 = icmp eq double* %19, null
  %21 = select i1 %20, double* %7, double* %19
  %22 = getelementptr i8, i8* %16, i64 8
  %23 = bitcast i8* %22 to double**
  %24 = load double*, double** %23
  %25 = icmp eq double* %24, null
  %26 = select i1 %25, double* %10, double* %24
  %27 = icmp eq i8 %1, 78
  %28 = select i1 %27, i64 %3, i64 %5
  %29 = select i1 %20, i64 %9, i64 %28
  %30 = icmp eq i8 %2, 78
  %31 = select i1 %30, i64 %5, i64 %4
  %32 = select i1 %25, i64 %12, i64 %31
  %33 = icmp eq double* %14, null
  br i1 %33, label %54, label %34
34:
  %35 = icmp eq double* %8, null
  br i1 %35, label %40, label %36
36:
  br i1 %27, label %37, label %39
37:
  %38 = call fastcc i8 @flip(i8 %2)
  call void @nabla_blas_gemm(i8 78, i8 %38, i64 %3, i64 %5, i64 %4, double %6, double* %14, i64 %15, double* %26, i64 %32, double* %8, i64 %9)
  br label %40
39:
  call void @nabla_blas_gemm(i8 %2, i8 84, i64 %5, i64 %3, i64 %4, double %6, double* %26, i64 %32, double* %14, i64 %15, double* %8, i64 %9)
  br label %40
40:
  %41 = icmp eq double* %11, null
  br i1 %41, label %46, label %42
42:
  br i1 %30, label %43, label %45
43:
  %44 = call fastcc i8 @flip(i8 %1)
  call void @nabla_blas_gemm(i8 %44, i8 78, i64 %5, i64 %4, i64 %3, double %6, double* %21, i64 %29, double* %14, i64 %15, double* %11, i64 %12)
  br label %46
45:
  call void @nabla_blas_gemm(i8 84, i8 %1, i64 %4, i64 %5, i64 %3, double %6, double* %14, i64 %15, double* %21, i64 %29, double* %11, i64 %12)
  br label %46
46:
  %47 = and i64 %0, 32
  %48 = icmp eq i64 %47, 0
  br i1 %48, label %54, label %49
49:
  %50 = mul i64 %4, %3
  %51 = call fastcc double* @zeros(i64 %50)
  call void @nabla_blas_gemm(i8 %1, i8 %2, i64 %3, i64 %4, i64 %5, double 1.000000e+00, double* %21, i64 %29, double* %26, i64 %32, double* %51, i64 %3)
  %52 = call fastcc double @inner(i64 %3, i64 %4, double* %51, i64 %3, double* %14, i64 %15)
  %53 = bitcast double* %51 to i8*
  call void @free(i8* %53)
  br label %54
54:
  %55 = phi double [ %52, %49 ], [ 0.000000e+00, %17 ], [ 0.000000e+00, %46 ]
  ret double %55
}
define internal fastcc i8 @flip(i8 %0) unnamed_addr {
  %2 = icmp eq i8 %0, 78
  %3 = select i1 %2, i8 84, i8 78
  ret i8 %3
}
define internal fastcc double* @zeros(i64 %0) unnamed_addr {
  %2 = icmp sgt i64 %0, 1
  %3 = select i1 %2, i64 %0, i64 1
  %4 = shl i64 %3, 3
  %5 = call i8* @malloc(i64 %4)
  %6 = bitcast i8* %5 to double*
  %7 = icmp sgt i64 %0, 0
  br i1 %7, label %9, label %8
8:
  ret double* %6
9:
  %10 = phi i64 [ %12, %9 ], [ 0, %1 ]
  %11 = getelementptr double, double* %6, i64 %10
  store double 0.000000e+00, double* %11
  %12 = add i64 %10, 1
  %13 = icmp eq i64 %12, %0
  br i1 %13, label %8, label %9
}
define internal fastcc double @inner(i64 %0, i64 %1, double* %2, i64 %3, double* %4, i64 %5) unnamed_addr {
  %7 = icmp sgt i64 %1, 0
  br i1 %7, label %8, label %16
8:
  %9 = icmp sgt i64 %0, 0
  br label %10
10:
  %11 = phi i64 [ 0, %8 ], [ %20, %18 ]
  %12 = phi double [ 0.000000e+00, %8 ], [ %19, %18 ]
  br i1 %9, label %13, label %18
13:
  %14 = mul i64 %11, %3
  %15 = mul i64 %11, %5
  br label %22
16:
  %17 = phi double [ 0.000000e+00, %6 ], [ %19, %18 ]
  ret double %17
18:
  %19 = phi double [ %12, %10 ], [ %32, %22 ]
  %20 = add i64 %11, 1
  %21 = icmp eq i64 %20, %1
  br i1 %21, label %16, label %10
22:
  %23 = phi i64 [ 0, %13 ], [ %33, %22 ]
  %24 = phi double [ %12, %13 ], [ %32, %22 ]
  %25 = add i64 %23, %14
  %26 = getelementptr double, double* %2, i64 %25
  %27 = load double, double* %26
  %28 = add i64 %23, %15
  %29 = getelementptr double, double* %4, i64 %28
  %30 = load double, double* %29
  %31 = fmul double %27, %30
  %32 = fadd double %24, %31
  %33 = add i64 %23, 1
  %34 = icmp eq i64 %33, %0
  br i1 %34, label %18, label %22
}
declare void @free(i8* )
define void @nabla_blas_gemm_forward(i64 %0, i8 %1, i8 %2, i64 %3, i64 %4, i64 %5, double %6, double %7, double* %8, double* %9, i64 %10, double* %11, double* %12, i64 %13, double* %14, double* %15, i64 %16) {
  %18 = icmp eq double* %15, null
  br i1 %18, label %29, label %19
19:
  %20 = icmp eq double* %9, null
  br i1 %20, label %22, label %21
21:
  call void @nabla_blas_gemm(i8 %1, i8 %2, i64 %3, i64 %4, i64 %5, double %6, double* %9, i64 %10, double* %11, i64 %13, double* %15, i64 %16)
  br label %22
22:
  %23 = icmp eq double* %12, null
  br i1 %23, label %25, label %24
24:
  call void @nabla_blas_gemm(i8 %1, i8 %2, i64 %3, i64 %4, i64 %5, double %6, double* %8, i64 %10, double* %12, i64 %13, double* %15, i64 %16)
  br label %25
25:
  %26 = and i64 %0, 32
  %27 = icmp eq i64 %26, 0
  br i1 %27, label %29, label %28
28:
  call void @nabla_blas_gemm(i8 %1, i8 %2, i64 %3, i64 %4, i64 %5, double %7, double* %8, i64 %10, double* %11, i64 %13, double* %15, i64 %16)
  br label %29
29:
  %30 = and i64 %0, 4611686018427387904
  %31 = icmp eq i64 %30, 0
  br i1 %31, label %33, label %32
32:
  call void @nabla_blas_gemm(i8 %1, i8 %2, i64 %3, i64 %4, i64 %5, double %6, double* %8, i64 %10, double* %11, i64 %13, double* %14, i64 %16)
  br label %33
33:
  ret void
}
define void @nabla_blas_gemv(i8 %0, i64 %1, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double* %8, i64 %9) {
  call void @nabla_blas_call_gemv(i8 %0, i64 %1, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double 1.000000e+00, double* %8, i64 %9)
  ret void
}
declare void @nabla_blas_call_gemv(i8 , i64 , i64 , double , double* , i64 , double* , i64 , double , double* , i64 )
define void @nabla_blas_ger(i64 %0, i64 %1, double %2, double* %3, i64 %4, double* %5, i64 %6, double* %7, i64 %8) {
  call void @nabla_blas_call_ger(i64 %0, i64 %1, double %2, double* %3, i64 %4, double* %5, i64 %6, double* %7, i64 %8)
  ret void
}
declare void @nabla_blas_call_ger(i64 , i64 , double , double* , i64 , double* , i64 , double* , i64 )
define i8* @nabla_blas_gemv_augmented(i8* %0, i64 %1, i8 %2, i64 %3, i64 %4, double %5, double* %6, double* %7, i64 %8, double* %9, double* %10, i64 %11, double* %12, double* %13, i64 %14) {
  %16 = call i8* @__nabla_tape_allocate(i8* %0, i64 16)
  %17 = bitcast i8* %16 to double**
  %18 = and i64 %1, 16
  %19 = icmp eq i64 %18, 0
  br i1 %19, label %27, label %20
20:
  %21 = icmp eq double* %10, null
  %22 = and i64 %1, 8
  %23 = icmp eq i64 %22, 0
  %24 = and i1 %23, %21
  br i1 %24, label %27, label %25
25:
  %26 = call fastcc double* @keep(i8* %0, i64 %3, i64 %4, double* %6, i64 %8)
  br label %27
27:
  %28 = phi double* [ %26, %25 ], [ null, %15 ], [ null, %20 ]
  store double* %28, double** %17
  %29 = and i64 %1, 64
  %30 = icmp eq i64 %29, 0
  br i1 %30, label %40, label %31
31:
  %32 = icmp eq double* %7, null
  %33 = and i64 %1, 8
  %34 = icmp eq i64 %33, 0
  %35 = and i1 %34, %32
  br i1 %35, label %40, label %36
36:
  %37 = icmp eq i8 %2, 78
  %38 = select i1 %37, i64 %4, i64 %3
  %39 = call fastcc double* @keep_vector(i8* %0, i64 %38, double* %9, i64 %11)
  br label %40
40:
  %41 = phi double* [ %39, %36 ], [ null, %27 ], [ null, %31 ]
  %42 = getelementptr i8, i8* %16, i64 8
  %43 = bitcast i8* %42 to double**
  store double* %41, double** %43
  call void @nabla_blas_gemv(i8 %2, i64 %3, i64 %4, double %5, double* %6, i64 %8, double* %9, i64 %11, double* %12, i64 %14)
  ret i8* %16
}
define internal fastcc double* @keep_vector(i8* %0, i64 %1, double* %2, i64 %3) unnamed_addr {
  %5 = shl i64 %1, 3
  %6 = call i8* @__nabla_tape_allocate(i8* %0, i64 %5)
  %7 = bitcast i8* %6 to double*
  %8 = icmp sgt i64 %1, 0
  br i1 %8, label %9, label %11
9:
  %10 = call fastcc i64 @origin(i64 %1, i64 %3)
  br label %12
11:
  ret double* %7
12:
  %13 = phi i64 [ 0, %9 ], [ %19, %12 ]
  %14 = mul i64 %13, %3
  %15 = add i64 %10, %14
  %16 = getelementptr double, double* %2, i64 %15
  %17 = load double, double* %16
  %18 = getelementptr double, double* %7, i64 %13
  store double %17, double* %18
  %19 = add i64 %13, 1
  %20 = icmp eq i64 %19, %1
  br i1 %20, label %11, label %12
}
define double @nabla_blas_gemv_reverse(i64 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, double* %6, i64 %7, double* %8, double* %9, i64 %10, double* %11, double* %12, i64 %13, i8* %14) {
  %16 = bitcast i8* %14 to double**
  %17 = load double*, double** %16
  %18 = icmp eq double* %17, null
  %19 = select i1 %18, double* %5, double* %17
  %20 = getelementptr i8, i8* %14, i64 8
  %21 = bitcast i8* %20 to double**
  %22 = load double*, double** %21
  %23 = icmp eq double* %22, null
  %24 = select i1 %23, double* %8, double* %22
  %25 = select i1 %18, i64 %7, i64 %2
  %26 = select i1 %23, i64 %10, i64 1
  %27 = icmp eq double* %12, null
  br i1 %27, label %64, label %28
28:
  %29 = icmp eq double* %9, null
  br i1 %29, label %32, label %30
30:
  %31 = call fastcc i8 @flip(i8 %1)
  call void @nabla_blas_gemv(i8 %31, i64 %2, i64 %3, double %4, double* %19, i64 %25, double* %12, i64 %13, double* %9, i64 %10)
  br label %32
32:
  %33 = icmp eq double* %6, null
  br i1 %33, label %38, label %34
34:
  %35 = icmp eq i8 %1, 78
  br i1 %35, label %36, label %37
36:
  call void @nabla_blas_ger(i64 %2, i64 %3, double %4, double* %12, i64 %13, double* %24, i64 %26, double* %6, i64 %7)
  br label %38
37:
  call void @nabla_blas_ger(i64 %2, i64 %3, double %4, double* %24, i64 %26, double* %12, i64 %13, double* %6, i64 %7)
  br label %38
38:
  %39 = and i64 %0, 8
  %40 = icmp eq i64 %39, 0
  br i1 %40, label %64, label %41
41:
  %42 = icmp eq i8 %1, 78
  %43 = select i1 %42, i64 %2, i64 %3
  %44 = call fastcc double* @zeros(i64 %43)
  call void @nabla_blas_gemv(i8 %1, i64 %2, i64 %3, double 1.000000e+00, double* %19, i64 %25, double* %24, i64 %26, double* %44, i64 1)
  %45 = icmp sgt i64 %43, 0
  br i1 %45, label %46, label %48
46:
  %47 = call fastcc i64 @origin(i64 %43, i64 %13)
  br label %51
48:
  %49 = phi double [ 0.000000e+00, %41 ], [ %61, %51 ]
  %50 = bitcast double* %44 to i8*
  call void @free(i8* %50)
  br label %64
51:
  %52 = phi i64 [ 0, %46 ], [ %62, %51 ]
  %53 = phi double [ 0.000000e+00, %46 ], [ %61, %51 ]
  %54 = getelementptr double, double* %44, i64 %52
  %55 = load double, double* %54
  %56 = mul i64 %52, %13
  %57 = add i64 %47, %56
  %58 = getelementptr double, double* %12, i64 %57
  %59 = load double, double* %58
  %60 = fmul double %55, %59
  %61 = fadd double %53, %60
  %62 = add i64 %52, 1
  %63 = icmp eq i64 %62, %43
  br i1 %63, label %48, label %51
64:
  %65 = phi double [ %49, %48 ], [ 0.000000e+00, %15 ], [ 0.000000e+00, %38 ]
  ret double %65
}
define internal fastcc i64 @origin(i64 %0, i64 %1) unnamed_addr {
  %3 = icmp slt i64 %1, 0
  %4 = sub i64 1, %0
  %5 = mul i64 %4, %1
  %6 = select i1 %3, i64 %5, i64 0
  ret i64 %6
}
define void @nabla_blas_gemv_forward(i64 %0, i8 %1, i64 %2, i64 %3, double %4, double %5, double* %6, double* %7, i64 %8, double* %9, double* %10, i64 %11, double* %12, double* %13, i64 %14) {
  %16 = icmp eq double* %13, null
  br i1 %16, label %27, label %17
17:
  %18 = icmp eq double* %7, null
  br i1 %18, label %20, label %19
19:
  call void @nabla_blas_gemv(i8 %1, i64 %2, i64 %3, double %4, double* %7, i64 %8, double* %9, i64 %11, double* %13, i64 %14)
  br label %20
20:
  %21 = icmp eq double* %10, null
  br i1 %21, label %23, label %22
22:
  call void @nabla_blas_gemv(i8 %1, i64 %2, i64 %3, double %4, double* %6, i64 %8, double* %10, i64 %11, double* %13, i64 %14)
  br label %23
23:
  %24 = and i64 %0, 8
  %25 = icmp eq i64 %24, 0
  br i1 %25, label %27, label %26
26:
  call void @nabla_blas_gemv(i8 %1, i64 %2, i64 %3, double %5, double* %6, i64 %8, double* %9, i64 %11, double* %13, i64 %14)
  br label %27
27:
  %28 = and i64 %0, 4611686018427387904
  %29 = icmp eq i64 %28, 0
  br i1 %29, label %31, label %30
30:
  call void @nabla_blas_gemv(i8 %1, i64 %2, i64 %3, double %4, double* %6, i64 %8, double* %9, i64 %11, double* %12, i64 %14)
  br label %31
31:
  ret void
}
define i8* @nabla_blas_ger_augmented(i8* %0, i64 %1, i64 %2, i64 %3, double %4, double* %5, double* %6, i64 %7, double* %8, double* %9, i64 %10, double* %11, double* %12, i64 %13) {
  %15 = call i8* @__nabla_tape_allocate(i8* %0, i64 16)
  %16 = bitcast i8* %15 to double**
  %17 = and i64 %1, 8
  %18 = icmp eq i64 %17, 0
  br i1 %18, label %26, label %19
19:
  %20 = icmp eq double* %9, null
  %21 = and i64 %1, 4
  %22 = icmp eq i64 %21, 0
  %23 = and i1 %22, %20
  br i1 %23, label %26, label %24
24:
  %25 = call fastcc double* @keep_vector(i8* %0, i64 %2, double* %5, i64 %7)
  br label %26
26:
  %27 = phi double* [ %25, %24 ], [ null, %14 ], [ null, %19 ]
  store double* %27, double** %16
  %28 = and i64 %1, 32
  %29 = icmp eq i64 %28, 0
  br i1 %29, label %37, label %30
30:
  %31 = icmp eq double* %6, null
  %32 = and i64 %1, 4
  %33 = icmp eq i64 %32, 0
  %34 = and i1 %33, %31
  br i1 %34, label %37, label %35
35:
  %36 = call fastcc double* @keep_vector(i8* %0, i64 %3, double* %8, i64 %10)
  br label %37
37:
  %38 = phi double* [ %36, %35 ], [ null, %26 ], [ null, %30 ]
  %39 = getelementptr i8, i8* %15, i64 8
  %40 = bitcast i8* %39 to double**
  store double* %38, double** %40
  call void @nabla_blas_ger(i64 %2, i64 %3, double %4, double* %5, i64 %7, double* %8, i64 %10, double* %11, i64 %13)
  ret i8* %15
}
define double @nabla_blas_ger_reverse(i64 %0, i64 %1, i64 %2, double %3, double* %4, double* %5, i64 %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12, i8* %13) {
  %15 = bitcast i8* %13 to double**
  %16 = load double*, double** %15
  %17 = icmp eq double* %16, null
  %18 = select i1 %17, double* %4, double* %16
  %19 = getelementptr i8, i8* %13, i64 8
  %20 = bitcast i8* %19 to double**
  %21 = load double*, double** %20
  %22 = icmp eq double* %21, null
  %23 = select i1 %22, double* %7, double* %21
  %24 = select i1 %17, i64 %6, i64 1
  %25 = select i1 %22, i64 %9, i64 1
  %26 = icmp eq double* %11, null
  br i1 %26, label %57, label %27
27:
  %28 = icmp eq double* %5, null
  br i1 %28, label %30, label %29
29:
  call void @nabla_blas_gemv(i8 78, i64 %1, i64 %2, double %3, double* %11, i64 %12, double* %23, i64 %25, double* %5, i64 %6)
  br label %30
30:
  %31 = icmp eq double* %8, null
  br i1 %31, label %33, label %32
32:
  call void @nabla_blas_gemv(i8 84, i64 %1, i64 %2, double %3, double* %11, i64 %12, double* %18, i64 %24, double* %8, i64 %9)
  br label %33
33:
  %34 = and i64 %0, 4
  %35 = icmp eq i64 %34, 0
  br i1 %35, label %57, label %36
36:
  %37 = call fastcc double* @zeros(i64 %1)
  call void @nabla_blas_gemv(i8 78, i64 %1, i64 %2, double 1.000000e+00, double* %11, i64 %12, double* %23, i64 %25, double* %37, i64 1)
  %38 = icmp sgt i64 %1, 0
  br i1 %38, label %39, label %41
39:
  %40 = call fastcc i64 @origin(i64 %1, i64 %24)
  br label %44
41:
  %42 = phi double [ 0.000000e+00, %36 ], [ %54, %44 ]
  %43 = bitcast double* %37 to i8*
  call void @free(i8* %43)
  br label %57
44:
  %45 = phi i64 [ 0, %39 ], [ %55, %44 ]
  %46 = phi double [ 0.000000e+00, %39 ], [ %54, %44 ]
  %47 = getelementptr double, double* %37, i64 %45
  %48 = load double, double* %47
  %49 = mul i64 %45, %24
  %50 = add i64 %40, %49
  %51 = getelementptr double, double* %18, i64 %50
  %52 = load double, double* %51
  %53 = fmul double %48, %52
  %54 = fadd double %46, %53
  %55 = add i64 %45, 1
  %56 = icmp eq i64 %55, %1
  br i1 %56, label %41, label %44
57:
  %58 = phi double [ %42, %41 ], [ 0.000000e+00, %14 ], [ 0.000000e+00, %33 ]
  ret double %58
}
define void @nabla_blas_ger_forward(i64 %0, i64 %1, i64 %2, double %3, double %4, double* %5, double* %6, i64 %7, double* %8, double* %9, i64 %10, double* %11, double* %12, i64 %13) {
  %15 = icmp eq double* %12, null
  br i1 %15, label %26, label %16
16:
  %17 = icmp eq double* %6, null
  br i1 %17, label %19, label %18
18:
  call void @nabla_blas_ger(i64 %1, i64 %2, double %3, double* %6, i64 %7, double* %8, i64 %10, double* %12, i64 %13)
  br label %19
19:
  %20 = icmp eq double* %9, null
  br i1 %20, label %22, label %21
21:
  call void @nabla_blas_ger(i64 %1, i64 %2, double %3, double* %5, i64 %7, double* %9, i64 %10, double* %12, i64 %13)
  br label %22
22:
  %23 = and i64 %0, 4
  %24 = icmp eq i64 %23, 0
  br i1 %24, label %26, label %25
25:
  call void @nabla_blas_ger(i64 %1, i64 %2, double %4, double* %5, i64 %7, double* %8, i64 %10, double* %12, i64 %13)
  br label %26
26:
  %27 = and i64 %0, 4611686018427387904
  %28 = icmp eq i64 %27, 0
  br i1 %28, label %30, label %29
29:
  call void @nabla_blas_ger(i64 %1, i64 %2, double %3, double* %5, i64 %7, double* %8, i64 %10, double* %11, i64 %13)
  br label %30
30:
  ret void
}
define void @nabla_blas_symm(i8 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double* %9, i64 %10) {
  %12 = icmp eq i8 %0, 76
  %13 = icmp eq i64 %3, 1
  %14 = and i1 %12, %13
  br i1 %14, label %15, label %16
15:
  call void @nabla_blas_call_symv(i8 %1, i64 %2, double %4, double* %5, i64 %6, double* %7, i64 1, double 1.000000e+00, double* %9, i64 1)
  br label %17
16:
  call void @nabla_blas_call_symm(i8 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double 1.000000e+00, double* %9, i64 %10)
  br label %17
17:
  ret void
}
declare void @nabla_blas_call_symv(i8 , i64 , double , double* , i64 , double* , i64 , double , double* , i64 )
declare void @nabla_blas_call_symm(i8 , i8 , i64 , i64 , double , double* , i64 , double* , i64 , double , double* , i64 )
define void @nabla_blas_syr2kh(i8 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double* %9, i64 %10) {
  call void @nabla_blas_call_syr2k(i8 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double 1.000000e+00, double* %9, i64 %10)
  %12 = icmp sgt i64 %2, 0
  br i1 %12, label %13, label %21
13:
  %14 = icmp sgt i64 %3, 0
  %15 = icmp eq i8 %1, 78
  br label %16
16:
  %17 = phi i64 [ 0, %13 ], [ %30, %22 ]
  br i1 %14, label %18, label %22
18:
  %19 = mul i64 %17, %6
  %20 = mul i64 %17, %8
  br label %32
21:
  ret void
22:
  %23 = phi double [ 0.000000e+00, %16 ], [ %51, %43 ]
  %24 = fmul double %23, %4
  %25 = mul i64 %17, %10
  %26 = add i64 %25, %17
  %27 = getelementptr double, double* %9, i64 %26
  %28 = load double, double* %27
  %29 = fsub double %28, %24
  store double %29, double* %27
  %30 = add i64 %17, 1
  %31 = icmp eq i64 %30, %2
  br i1 %31, label %21, label %16
32:
  %33 = phi i64 [ 0, %18 ], [ %52, %43 ]
  %34 = phi double [ 0.000000e+00, %18 ], [ %51, %43 ]
  br i1 %15, label %35, label %40
35:
  %36 = mul i64 %33, %6
  %37 = add i64 %36, %17
  %38 = mul i64 %33, %8
  %39 = add i64 %38, %17
  br label %43
40:
  %41 = add i64 %33, %19
  %42 = add i64 %33, %20
  br label %43
43:
  %44 = phi i64 [ %42, %40 ], [ %39, %35 ]
  %45 = phi i64 [ %41, %40 ], [ %37, %35 ]
  %46 = getelementptr double, double* %5, i64 %45
  %47 = load double, double* %46
  %48 = getelementptr double, double* %7, i64 %44
  %49 = load double, double* %48
  %50 = fmul double %47, %49
  %51 = fadd double %34, %50
  %52 = add i64 %33, 1
  %53 = icmp eq i64 %52, %3
  br i1 %53, label %22, label %32
}
declare void @nabla_blas_call_syr2k(i8 , i8 , i64 , i64 , double , double* , i64 , double* , i64 , double , double* , i64 )
define i8* @nabla_blas_symm_augmented(i8* %0, i64 %1, i8 %2, i8 %3, i64 %4, i64 %5, double %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12, double* %13, double* %14, i64 %15) {
  %17 = icmp eq i8 %2, 76
  %18 = select i1 %17, i64 %4, i64 %5
  %19 = call i8* @__nabla_tape_allocate(i8* %0, i64 16)
  %20 = bitcast i8* %19 to double**
  %21 = and i64 %1, 32
  %22 = icmp eq i64 %21, 0
  br i1 %22, label %30, label %23
23:
  %24 = icmp eq double* %11, null
  %25 = and i64 %1, 16
  %26 = icmp eq i64 %25, 0
  %27 = and i1 %26, %24
  br i1 %27, label %30, label %28
28:
  %29 = call fastcc double* @keep(i8* %0, i64 %18, i64 %18, double* %7, i64 %9)
  br label %30
30:
  %31 = phi double* [ %29, %28 ], [ null, %16 ], [ null, %23 ]
  store double* %31, double** %20
  %32 = and i64 %1, 128
  %33 = icmp eq i64 %32, 0
  br i1 %33, label %41, label %34
34:
  %35 = icmp eq double* %8, null
  %36 = and i64 %1, 16
  %37 = icmp eq i64 %36, 0
  %38 = and i1 %37, %35
  br i1 %38, label %41, label %39
39:
  %40 = call fastcc double* @keep(i8* %0, i64 %4, i64 %5, double* %10, i64 %12)
  br label %41
41:
  %42 = phi double* [ %40, %39 ], [ null, %30 ], [ null, %34 ]
  %43 = getelementptr i8, i8* %19, i64 8
  %44 = bitcast i8* %43 to double**
  store double* %42, double** %44
  call void @nabla_blas_symm(i8 %2, i8 %3, i64 %4, i64 %5, double %6, double* %7, i64 %9, double* %10, i64 %12, double* %13, i64 %15)
  ret i8* %19
}
define double @nabla_blas_symm_reverse(i64 %0, i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %6, double* %7, i64 %8, double* %9, double* %10, i64 %11, double* %12, double* %13, i64 %14, i8* %15) {
  %17 = icmp eq i8 %1, 76
  %18 = select i1 %17, i64 %3, i64 %4
  %19 = bitcast i8* %15 to double**
  %20 = load double*, double** %19
  %21 = icmp eq double* %20, null
  %22 = select i1 %21, double* %6, double* %20
  %23 = getelementptr i8, i8* %15, i64 8
  %24 = bitcast i8* %23 to double**
  %25 = load double*, double** %24
  %26 = icmp eq double* %25, null
  %27 = select i1 %26, double* %9, double* %25
  %28 = select i1 %21, i64 %8, i64 %18
  %29 = select i1 %26, i64 %11, i64 %3
  %30 = icmp eq double* %13, null
  br i1 %30, label %47, label %31
31:
  %32 = icmp eq double* %10, null
  br i1 %32, label %34, label %33
33:
  call void @nabla_blas_symm(i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %22, i64 %28, double* %13, i64 %14, double* %10, i64 %11)
  br label %34
34:
  %35 = icmp eq double* %7, null
  br i1 %35, label %39, label %36
36:
  %37 = select i1 %17, i8 78, i8 84
  %38 = select i1 %17, i64 %4, i64 %3
  call void @nabla_blas_syr2kh(i8 %2, i8 %37, i64 %18, i64 %38, double %5, double* %13, i64 %14, double* %27, i64 %29, double* %7, i64 %8)
  br label %39
39:
  %40 = and i64 %0, 16
  %41 = icmp eq i64 %40, 0
  br i1 %41, label %47, label %42
42:
  %43 = mul i64 %4, %3
  %44 = call fastcc double* @zeros(i64 %43)
  call void @nabla_blas_symm(i8 %1, i8 %2, i64 %3, i64 %4, double 1.000000e+00, double* %22, i64 %28, double* %27, i64 %29, double* %44, i64 %3)
  %45 = call fastcc double @inner(i64 %3, i64 %4, double* %44, i64 %3, double* %13, i64 %14)
  %46 = bitcast double* %44 to i8*
  call void @free(i8* %46)
  br label %47
47:
  %48 = phi double [ %45, %42 ], [ 0.000000e+00, %16 ], [ 0.000000e+00, %39 ]
  ret double %48
}
define void @nabla_blas_symm_forward(i64 %0, i8 %1, i8 %2, i64 %3, i64 %4, double %5, double %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12, double* %13, double* %14, i64 %15) {
  %17 = icmp eq double* %14, null
  br i1 %17, label %28, label %18
18:
  %19 = icmp eq double* %8, null
  br i1 %19, label %21, label %20
20:
  call void @nabla_blas_symm(i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %8, i64 %9, double* %10, i64 %12, double* %14, i64 %15)
  br label %21
21:
  %22 = icmp eq double* %11, null
  br i1 %22, label %24, label %23
23:
  call void @nabla_blas_symm(i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %7, i64 %9, double* %11, i64 %12, double* %14, i64 %15)
  br label %24
24:
  %25 = and i64 %0, 16
  %26 = icmp eq i64 %25, 0
  br i1 %26, label %28, label %27
27:
  call void @nabla_blas_symm(i8 %1, i8 %2, i64 %3, i64 %4, double %6, double* %7, i64 %9, double* %10, i64 %12, double* %14, i64 %15)
  br label %28
28:
  %29 = and i64 %0, 4611686018427387904
  %30 = icmp eq i64 %29, 0
  br i1 %30, label %32, label %31
31:
  call void @nabla_blas_symm(i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %7, i64 %9, double* %10, i64 %12, double* %13, i64 %15)
  br label %32
32:
  ret void
}
define i8* @nabla_blas_syr2kh_augmented(i8* %0, i64 %1, i8 %2, i8 %3, i64 %4, i64 %5, double %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12, double* %13, double* %14, i64 %15) {
  %17 = icmp eq i8 %3, 78
  %18 = select i1 %17, i64 %4, i64 %5
  %19 = select i1 %17, i64 %5, i64 %4
  %20 = call i8* @__nabla_tape_allocate(i8* %0, i64 16)
  %21 = bitcast i8* %20 to double**
  %22 = and i64 %1, 32
  %23 = icmp eq i64 %22, 0
  br i1 %23, label %31, label %24
24:
  %25 = icmp eq double* %11, null
  %26 = and i64 %1, 16
  %27 = icmp eq i64 %26, 0
  %28 = and i1 %27, %25
  br i1 %28, label %31, label %29
29:
  %30 = call fastcc double* @keep(i8* %0, i64 %18, i64 %19, double* %7, i64 %9)
  br label %31
31:
  %32 = phi double* [ %30, %29 ], [ null, %16 ], [ null, %24 ]
  store double* %32, double** %21
  %33 = and i64 %1, 128
  %34 = icmp eq i64 %33, 0
  br i1 %34, label %42, label %35
35:
  %36 = icmp eq double* %8, null
  %37 = and i64 %1, 16
  %38 = icmp eq i64 %37, 0
  %39 = and i1 %38, %36
  br i1 %39, label %42, label %40
40:
  %41 = call fastcc double* @keep(i8* %0, i64 %18, i64 %19, double* %10, i64 %12)
  br label %42
42:
  %43 = phi double* [ %41, %40 ], [ null, %31 ], [ null, %35 ]
  %44 = getelementptr i8, i8* %20, i64 8
  %45 = bitcast i8* %44 to double**
  store double* %43, double** %45
  call void @nabla_blas_syr2kh(i8 %2, i8 %3, i64 %4, i64 %5, double %6, double* %7, i64 %9, double* %10, i64 %12, double* %13, i64 %15)
  ret i8* %20
}
define double @nabla_blas_syr2kh_reverse(i64 %0, i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %6, double* %7, i64 %8, double* %9, double* %10, i64 %11, double* %12, double* %13, i64 %14, i8* %15) {
  %17 = bitcast i8* %15 to double**
  %18 = icmp eq i8 %2, 78
  %19 = select i1 %18, i64 %3, i64 %4
  %20 = select i1 %18, i64 %4, i64 %3
  %21 = select i1 %18, i8 76, i8 82
  %22 = load double*, double** %17
  %23 = icmp eq double* %22, null
  %24 = select i1 %23, double* %6, double* %22
  %25 = getelementptr i8, i8* %15, i64 8
  %26 = bitcast i8* %25 to double**
  %27 = load double*, double** %26
  %28 = icmp eq double* %27, null
  %29 = select i1 %28, double* %9, double* %27
  %30 = select i1 %23, i64 %8, i64 %19
  %31 = select i1 %28, i64 %11, i64 %19
  %32 = icmp eq double* %13, null
  br i1 %32, label %47, label %33
33:
  %34 = icmp eq double* %7, null
  br i1 %34, label %36, label %35
35:
  call void @nabla_blas_symm(i8 %21, i8 %1, i64 %19, i64 %20, double %5, double* %13, i64 %14, double* %29, i64 %31, double* %7, i64 %8)
  br label %36
36:
  %37 = icmp eq double* %10, null
  br i1 %37, label %39, label %38
38:
  call void @nabla_blas_symm(i8 %21, i8 %1, i64 %19, i64 %20, double %5, double* %13, i64 %14, double* %24, i64 %30, double* %10, i64 %11)
  br label %39
39:
  %40 = and i64 %0, 16
  %41 = icmp eq i64 %40, 0
  br i1 %41, label %47, label %42
42:
  %43 = mul i64 %3, %3
  %44 = call fastcc double* @zeros(i64 %43)
  call void @nabla_blas_syr2kh(i8 %1, i8 %2, i64 %3, i64 %4, double 1.000000e+00, double* %24, i64 %30, double* %29, i64 %31, double* %44, i64 %3)
  %45 = call fastcc double @inner_triangle(i8 %1, i64 %3, double* %44, i64 %3, double* %13, i64 %14)
  %46 = bitcast double* %44 to i8*
  call void @free(i8* %46)
  br label %47
47:
  %48 = phi double [ %45, %42 ], [ 0.000000e+00, %16 ], [ 0.000000e+00, %39 ]
  ret double %48
}
define internal fastcc double @inner_triangle(i8 %0, i64 %1, double* %2, i64 %3, double* %4, i64 %5) unnamed_addr {
  %7 = icmp sgt i64 %1, 0
  br i1 %7, label %10, label %8
8:
  %9 = phi double [ 0.000000e+00, %6 ], [ %20, %19 ]
  ret double %9
10:
  %11 = phi i64 [ %21, %19 ], [ 0, %6 ]
  %12 = phi double [ %20, %19 ], [ 0.000000e+00, %6 ]
  %13 = call fastcc i64 @first(i8 %0, i64 %11)
  %14 = call fastcc i64 @end(i8 %0, i64 %11, i64 %1)
  %15 = icmp slt i64 %13, %14
  br i1 %15, label %16, label %19
16:
  %17 = mul i64 %11, %3
  %18 = mul i64 %11, %5
  br label %23
19:
  %20 = phi double [ %12, %10 ], [ %33, %23 ]
  %21 = add i64 %11, 1
  %22 = icmp eq i64 %21, %1
  br i1 %22, label %8, label %10
23:
  %24 = phi i64 [ %13, %16 ], [ %34, %23 ]
  %25 = phi double [ %12, %16 ], [ %33, %23 ]
  %26 = add i64 %24, %17
  %27 = getelementptr double, double* %2, i64 %26
  %28 = load double, double* %27
  %29 = add i64 %24, %18
  %30 = getelementptr double, double* %4, i64 %29
  %31 = load double, double* %30
  %32 = fmul double %28, %31
  %33 = fadd double %25, %32
  %34 = add i64 %24, 1
  %35 = icmp eq i64 %34, %14
  br i1 %35, label %19, label %23
}
define void @nabla_blas_syr2kh_forward(i64 %0, i8 %1, i8 %2, i64 %3, i64 %4, double %5, double %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12, double* %13, double* %14, i64 %15) {
  %17 = icmp eq double* %14, null
  br i1 %17, label %28, label %18
18:
  %19 = icmp eq double* %8, null
  br i1 %19, label %21, label %20
20:
  call void @nabla_blas_syr2kh(i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %8, i64 %9, double* %10, i64 %12, double* %14, i64 %15)
  br label %21
21:
  %22 = icmp eq double* %11, null
  br i1 %22, label %24, label %23
23:
  call void @nabla_blas_syr2kh(i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %7, i64 %9, double* %11, i64 %12, double* %14, i64 %15)
  br label %24
24:
  %25 = and i64 %0, 16
  %26 = icmp eq i64 %25, 0
  br i1 %26, label %28, label %27
27:
  call void @nabla_blas_syr2kh(i8 %1, i8 %2, i64 %3, i64 %4, double %6, double* %7, i64 %9, double* %10, i64 %12, double* %14, i64 %15)
  br label %28
28:
  %29 = and i64 %0, 4611686018427387904
  %30 = icmp eq i64 %29, 0
  br i1 %30, label %32, label %31
31:
  call void @nabla_blas_syr2kh(i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %7, i64 %9, double* %10, i64 %12, double* %13, i64 %15)
  br label %32
32:
  ret void
}
define void @nabla_blas_syrk(i8 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8) {
  call void @nabla_blas_call_syrk(i8 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double 1.000000e+00, double* %7, i64 %8)
  ret void
}
declare void @nabla_blas_call_syrk(i8 , i8 , i64 , i64 , double , double* , i64 , double , double* , i64 )
define i8* @nabla_blas_syrk_augmented(i8* %0, i64 %1, i8 %2, i8 %3, i64 %4, i64 %5, double %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12) {
  %14 = call i8* @__nabla_tape_allocate(i8* %0, i64 8)
  %15 = and i64 %1, 32
  %16 = icmp eq i64 %15, 0
  br i1 %16, label %23, label %17
17:
  %18 = icmp eq i8 %3, 78
  br i1 %18, label %19, label %21
19:
  %20 = call fastcc double* @keep(i8* %0, i64 %4, i64 %5, double* %7, i64 %9)
  br label %23
21:
  %22 = call fastcc double* @keep(i8* %0, i64 %5, i64 %4, double* %7, i64 %9)
  br label %23
23:
  %24 = phi double* [ %20, %19 ], [ %22, %21 ], [ null, %13 ]
  %25 = bitcast i8* %14 to double**
  store double* %24, double** %25
  call void @nabla_blas_syrk(i8 %2, i8 %3, i64 %4, i64 %5, double %6, double* %7, i64 %9, double* %10, i64 %12)
  ret i8* %14
}
define double @nabla_blas_syrk_reverse(i64 %0, i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %6, double* %7, i64 %8, double* %9, double* %10, i64 %11, i8* %12) {
  %14 = bitcast i8* %12 to double**
  %15 = load double*, double** %14
  %16 = icmp eq double* %15, null
  %17 = select i1 %16, double* %6, double* %15
  %18 = icmp eq i8 %2, 78
  %19 = select i1 %18, i64 %3, i64 %4
  %20 = select i1 %16, i64 %8, i64 %19
  %21 = icmp eq double* %10, null
  br i1 %21, label %72, label %22
22:
  %23 = icmp eq double* %7, null
  br i1 %23, label %64, label %24
24:
  %25 = select i1 %18, i8 76, i8 82
  %26 = select i1 %18, i64 %4, i64 %3
  call void @nabla_blas_symm(i8 %25, i8 %1, i64 %19, i64 %26, double %5, double* %10, i64 %11, double* %17, i64 %20, double* %7, i64 %8)
  %27 = icmp sgt i64 %4, 0
  br i1 %27, label %28, label %64
28:
  %29 = icmp sgt i64 %3, 0
  br label %30
30:
  %31 = phi i64 [ 0, %28 ], [ %36, %35 ]
  br i1 %29, label %32, label %35
32:
  %33 = mul i64 %31, %20
  %34 = mul i64 %31, %8
  br label %38
35:
  %36 = add i64 %31, 1
  %37 = icmp eq i64 %36, %4
  br i1 %37, label %64, label %30
38:
  %39 = phi i64 [ 0, %32 ], [ %62, %53 ]
  %40 = mul i64 %39, %11
  %41 = add i64 %40, %39
  %42 = getelementptr double, double* %10, i64 %41
  %43 = load double, double* %42
  %44 = fmul double %43, %5
  br i1 %18, label %45, label %48
45:
  %46 = add i64 %39, %33
  %47 = add i64 %39, %34
  br label %53
48:
  %49 = mul i64 %39, %20
  %50 = add i64 %49, %31
  %51 = mul i64 %39, %8
  %52 = add i64 %51, %31
  br label %53
53:
  %54 = phi i64 [ %47, %45 ], [ %52, %48 ]
  %55 = phi i64 [ %46, %45 ], [ %50, %48 ]
  %56 = getelementptr double, double* %17, i64 %55
  %57 = load double, double* %56
  %58 = fmul double %44, %57
  %59 = getelementptr double, double* %7, i64 %54
  %60 = load double, double* %59
  %61 = fadd double %60, %58
  store double %61, double* %59
  %62 = add i64 %39, 1
  %63 = icmp eq i64 %62, %3
  br i1 %63, label %35, label %38
64:
  %65 = and i64 %0, 16
  %66 = icmp eq i64 %65, 0
  br i1 %66, label %72, label %67
67:
  %68 = mul i64 %3, %3
  %69 = call fastcc double* @zeros(i64 %68)
  call void @nabla_blas_syrk(i8 %1, i8 %2, i64 %3, i64 %4, double 1.000000e+00, double* %17, i64 %20, double* %69, i64 %3)
  %70 = call fastcc double @inner_triangle(i8 %1, i64 %3, double* %69, i64 %3, double* %10, i64 %11)
  %71 = bitcast double* %69 to i8*
  call void @free(i8* %71)
  br label %72
72:
  %73 = phi double [ %70, %67 ], [ 0.000000e+00, %13 ], [ 0.000000e+00, %64 ]
  ret double %73
}
define void @nabla_blas_syrk_forward(i64 %0, i8 %1, i8 %2, i64 %3, i64 %4, double %5, double %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12) {
  %14 = icmp eq double* %11, null
  br i1 %14, label %55, label %15
15:
  %16 = icmp eq double* %8, null
  br i1 %16, label %51, label %17
17:
  call void @nabla_blas_syr2kh(i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %8, i64 %9, double* %7, i64 %9, double* %11, i64 %12)
  %18 = icmp sgt i64 %3, 0
  br i1 %18, label %19, label %51
19:
  %20 = icmp sgt i64 %4, 0
  %21 = icmp eq i8 %2, 78
  br label %22
22:
  %23 = phi i64 [ 0, %19 ], [ %34, %26 ]
  br i1 %20, label %24, label %26
24:
  %25 = mul i64 %23, %9
  br label %36
26:
  %27 = phi double [ 0.000000e+00, %22 ], [ %48, %36 ]
  %28 = fmul double %27, %5
  %29 = mul i64 %23, %12
  %30 = add i64 %29, %23
  %31 = getelementptr double, double* %11, i64 %30
  %32 = load double, double* %31
  %33 = fadd double %28, %32
  store double %33, double* %31
  %34 = add i64 %23, 1
  %35 = icmp eq i64 %34, %3
  br i1 %35, label %51, label %22
36:
  %37 = phi i64 [ 0, %24 ], [ %49, %36 ]
  %38 = phi double [ 0.000000e+00, %24 ], [ %48, %36 ]
  %39 = add i64 %37, %25
  %40 = mul i64 %37, %9
  %41 = add i64 %40, %23
  %42 = select i1 %21, i64 %41, i64 %39
  %43 = getelementptr double, double* %8, i64 %42
  %44 = load double, double* %43
  %45 = getelementptr double, double* %7, i64 %42
  %46 = load double, double* %45
  %47 = fmul double %44, %46
  %48 = fadd double %38, %47
  %49 = add i64 %37, 1
  %50 = icmp eq i64 %49, %4
  br i1 %50, label %26, label %36
51:
  %52 = and i64 %0, 16
  %53 = icmp eq i64 %52, 0
  br i1 %53, label %55, label %54
54:
  call void @nabla_blas_syrk(i8 %1, i8 %2, i64 %3, i64 %4, double %6, double* %7, i64 %9, double* %11, i64 %12)
  br label %55
55:
  %56 = and i64 %0, 4611686018427387904
  %57 = icmp eq i64 %56, 0
  br i1 %57, label %59, label %58
58:
  call void @nabla_blas_syrk(i8 %1, i8 %2, i64 %3, i64 %4, double %5, double* %7, i64 %9, double* %10, i64 %12)
  br label %59
59:
  ret void
}
define void @nabla_blas_trmm(i8 %0, i8 %1, i8 %2, i8 %3, i64 %4, i64 %5, double* %6, i64 %7, double* %8, i64 %9) {
  %11 = icmp eq i8 %0, 76
  %12 = icmp eq i64 %5, 1
  %13 = and i1 %11, %12
  br i1 %13, label %14, label %15
14:
  call void @nabla_blas_call_trmv(i8 %1, i8 %2, i8 %3, i64 %4, double* %6, i64 %7, double* %8, i64 1)
  br label %16
15:
  call void @nabla_blas_call_trmm(i8 %0, i8 %1, i8 %2, i8 %3, i64 %4, i64 %5, double 1.000000e+00, double* %6, i64 %7, double* %8, i64 %9)
  br label %16
16:
  ret void
}
declare void @nabla_blas_call_trmv(i8 , i8 , i8 , i64 , double* , i64 , double* , i64 )
declare void @nabla_blas_call_trmm(i8 , i8 , i8 , i8 , i64 , i64 , double , double* , i64 , double* , i64 )
define void @nabla_blas_trsm(i8 %0, i8 %1, i8 %2, i8 %3, i64 %4, i64 %5, double* %6, i64 %7, double* %8, i64 %9) {
  %11 = icmp eq i8 %0, 76
  %12 = icmp eq i64 %5, 1
  %13 = and i1 %11, %12
  br i1 %13, label %14, label %15
14:
  call void @nabla_blas_call_trsv(i8 %1, i8 %2, i8 %3, i64 %4, double* %6, i64 %7, double* %8, i64 1)
  br label %16
15:
  call void @nabla_blas_call_trsm(i8 %0, i8 %1, i8 %2, i8 %3, i64 %4, i64 %5, double 1.000000e+00, double* %6, i64 %7, double* %8, i64 %9)
  br label %16
16:
  ret void
}
declare void @nabla_blas_call_trsv(i8 , i8 , i8 , i64 , double* , i64 , double* , i64 )
declare void @nabla_blas_call_trsm(i8 , i8 , i8 , i8 , i64 , i64 , double , double* , i64 , double* , i64 )
define i8* @nabla_blas_trmm_augmented(i8* %0, i64 %1, i8 %2, i8 %3, i8 %4, i8 %5, i64 %6, i64 %7, double* %8, double* %9, i64 %10, double* %11, double* %12, i64 %13) {
  %15 = call i8* @__nabla_tape_allocate(i8* %0, i64 16)
  %16 = bitcast i8* %15 to double**
  %17 = and i64 %1, 64
  %18 = icmp eq i64 %17, 0
  br i1 %18, label %23, label %19
19:
  %20 = icmp eq i8 %2, 76
  %21 = select i1 %20, i64 %6, i64 %7
  %22 = call fastcc double* @keep(i8* %0, i64 %21, i64 %21, double* %8, i64 %10)
  br label %23
23:
  %24 = phi double* [ %22, %19 ], [ null, %14 ]
  store double* %24, double** %16
  %25 = icmp eq double* %9, null
  br i1 %25, label %28, label %26
26:
  %27 = call fastcc double* @keep(i8* %0, i64 %6, i64 %7, double* %11, i64 %13)
  br label %28
28:
  %29 = phi double* [ %27, %26 ], [ null, %23 ]
  %30 = getelementptr i8, i8* %15, i64 8
  %31 = bitcast i8* %30 to double**
  store double* %29, double** %31
  call void @nabla_blas_trmm(i8 %2, i8 %3, i8 %4, i8 %5, i64 %6, i64 %7, double* %8, i64 %10, double* %11, i64 %13)
  ret i8* %15
}
define void @nabla_blas_trmm_reverse(i64 %0, i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12, i8* %13) {
  %15 = bitcast i8* %13 to double**
  %16 = icmp eq double* %11, null
  br i1 %16, label %31, label %17
17:
  %18 = icmp eq double* %8, null
  br i1 %18, label %23, label %19
19:
  %20 = getelementptr i8, i8* %13, i64 8
  %21 = bitcast i8* %20 to double**
  %22 = load double*, double** %21
  call fastcc void @add_triangle(double 1.000000e+00, i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %11, i64 %12, double* %22, i64 %5, double* %8, i64 %9)
  br label %23
23:
  %24 = call fastcc i8 @flip(i8 %3)
  %25 = load double*, double** %15
  %26 = icmp eq double* %25, null
  %27 = select i1 %26, double* %7, double* %25
  %28 = icmp eq i8 %1, 76
  %29 = select i1 %28, i64 %5, i64 %6
  %30 = select i1 %26, i64 %9, i64 %29
  call void @nabla_blas_trmm(i8 %1, i8 %2, i8 %24, i8 %4, i64 %5, i64 %6, double* %27, i64 %30, double* %11, i64 %12)
  br label %31
31:
  ret void
}
define internal fastcc void @add_triangle(double %0, i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, i64 %8, double* %9, i64 %10, double* %11, i64 %12) unnamed_addr {
  %14 = icmp eq i8 %1, 76
  %15 = select i1 %14, i64 %5, i64 %6
  %16 = icmp eq i8 %3, 78
  %17 = select i1 %16, double* %7, double* %9
  %18 = select i1 %16, double* %9, double* %7
  %19 = select i1 %16, i64 %8, i64 %10
  %20 = select i1 %16, i64 %10, i64 %8
  %21 = mul i64 %15, %15
  %22 = call fastcc double* @zeros(i64 %21)
  br i1 %14, label %23, label %24
23:
  call void @nabla_blas_gemm(i8 78, i8 84, i64 %15, i64 %15, i64 %6, double %0, double* %17, i64 %19, double* %18, i64 %20, double* %22, i64 %15)
  br label %25
24:
  call void @nabla_blas_gemm(i8 84, i8 78, i64 %15, i64 %15, i64 %5, double %0, double* %18, i64 %20, double* %17, i64 %19, double* %22, i64 %15)
  br label %25
25:
  %26 = icmp sgt i64 %15, 0
  br i1 %26, label %27, label %29
27:
  %28 = icmp eq i8 %4, 78
  br label %31
29:
  %30 = bitcast double* %22 to i8*
  call void @free(i8* %30)
  ret void
31:
  %32 = phi i64 [ 0, %27 ], [ %40, %39 ]
  %33 = call fastcc i64 @first(i8 %2, i64 %32)
  %34 = call fastcc i64 @end(i8 %2, i64 %32, i64 %15)
  %35 = icmp slt i64 %33, %34
  br i1 %35, label %36, label %39
36:
  %37 = mul i64 %32, %15
  %38 = mul i64 %32, %12
  br label %42
39:
  %40 = add i64 %32, 1
  %41 = icmp eq i64 %40, %15
  br i1 %41, label %29, label %31
42:
  %43 = phi i64 [ %33, %36 ], [ %55, %54 ]
  %44 = icmp ne i64 %43, %32
  %45 = or i1 %28, %44
  br i1 %45, label %46, label %54
46:
  %47 = add i64 %43, %37
  %48 = getelementptr double, double* %22, i64 %47
  %49 = load double, double* %48
  %50 = add i64 %43, %38
  %51 = getelementptr double, double* %11, i64 %50
  %52 = load double, double* %51
  %53 = fadd double %49, %52
  store double %53, double* %51
  br label %54
54:
  %55 = add i64 %43, 1
  %56 = icmp eq i64 %55, %34
  br i1 %56, label %39, label %42
}
define void @nabla_blas_trmm_forward(i64 %0, i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12) {
  %14 = icmp eq double* %11, null
  br i1 %14, label %20, label %15
15:
  call void @nabla_blas_trmm(i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, i64 %9, double* %11, i64 %12)
  %16 = icmp eq double* %8, null
  br i1 %16, label %20, label %17
17:
  %18 = call fastcc double* @changed(i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %8, i64 %9, double* %10, i64 %12)
  call fastcc void @add(double 1.000000e+00, i64 %5, i64 %6, double* %18, i64 %5, double* %11, i64 %12)
  %19 = bitcast double* %18 to i8*
  call void @free(i8* %19)
  br label %20
20:
  %21 = and i64 %0, 4611686018427387904
  %22 = icmp eq i64 %21, 0
  br i1 %22, label %24, label %23
23:
  call void @nabla_blas_trmm(i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, i64 %9, double* %10, i64 %12)
  br label %24
24:
  ret void
}
define internal fastcc double* @changed(i8 %0, i8 %1, i8 %2, i8 %3, i64 %4, i64 %5, double* %6, i64 %7, double* %8, i64 %9) unnamed_addr {
  %11 = call fastcc double* @copied(i64 %4, i64 %5, double* %8, i64 %9)
  call void @nabla_blas_trmm(i8 %0, i8 %1, i8 %2, i8 %3, i64 %4, i64 %5, double* %6, i64 %7, double* %11, i64 %4)
  %12 = icmp eq i8 %3, 85
  br i1 %12, label %13, label %14
13:
  call fastcc void @add(double -1.000000e+00, i64 %4, i64 %5, double* %8, i64 %9, double* %11, i64 %4)
  br label %14
14:
  ret double* %11
}
define internal fastcc void @add(double %0, i64 %1, i64 %2, double* %3, i64 %4, double* %5, i64 %6) unnamed_addr {
  %8 = icmp sgt i64 %2, 0
  br i1 %8, label %9, label %16
9:
  %10 = icmp sgt i64 %1, 0
  br label %11
11:
  %12 = phi i64 [ 0, %9 ], [ %18, %17 ]
  br i1 %10, label %13, label %17
13:
  %14 = mul i64 %12, %4
  %15 = mul i64 %12, %6
  br label %20
16:
  ret void
17:
  %18 = add i64 %12, 1
  %19 = icmp eq i64 %18, %2
  br i1 %19, label %16, label %11
20:
  %21 = phi i64 [ 0, %13 ], [ %30, %20 ]
  %22 = add i64 %21, %14
  %23 = getelementptr double, double* %3, i64 %22
  %24 = load double, double* %23
  %25 = fmul double %24, %0
  %26 = add i64 %21, %15
  %27 = getelementptr double, double* %5, i64 %26
  %28 = load double, double* %27
  %29 = fadd double %28, %25
  store double %29, double* %27
  %30 = add i64 %21, 1
  %31 = icmp eq i64 %30, %1
  br i1 %31, label %17, label %20
}
define i8* @nabla_blas_trsm_augmented(i8* %0, i64 %1, i8 %2, i8 %3, i8 %4, i8 %5, i64 %6, i64 %7, double* %8, double* %9, i64 %10, double* %11, double* %12, i64 %13) {
  %15 = call i8* @__nabla_tape_allocate(i8* %0, i64 16)
  %16 = bitcast i8* %15 to double**
  %17 = and i64 %1, 64
  %18 = icmp eq i64 %17, 0
  br i1 %18, label %23, label %19
19:
  %20 = icmp eq i8 %2, 76
  %21 = select i1 %20, i64 %6, i64 %7
  %22 = call fastcc double* @keep(i8* %0, i64 %21, i64 %21, double* %8, i64 %10)
  br label %23
23:
  %24 = phi double* [ %22, %19 ], [ null, %14 ]
  store double* %24, double** %16
  call void @nabla_blas_trsm(i8 %2, i8 %3, i8 %4, i8 %5, i64 %6, i64 %7, double* %8, i64 %10, double* %11, i64 %13)
  %25 = and i64 %1, 256
  %26 = icmp ne i64 %25, 0
  %27 = icmp ne double* %9, null
  %28 = and i1 %26, %27
  br i1 %28, label %29, label %31
29:
  %30 = call fastcc double* @keep(i8* %0, i64 %6, i64 %7, double* %11, i64 %13)
  br label %31
31:
  %32 = phi double* [ %30, %29 ], [ null, %23 ]
  %33 = getelementptr i8, i8* %15, i64 8
  %34 = bitcast i8* %33 to double**
  store double* %32, double** %34
  ret i8* %15
}
define void @nabla_blas_trsm_reverse(i64 %0, i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12, i8* %13) {
  %15 = icmp eq double* %11, null
  br i1 %15, label %33, label %16
16:
  %17 = bitcast i8* %13 to double**
  %18 = call fastcc i8 @flip(i8 %3)
  %19 = load double*, double** %17
  %20 = icmp eq double* %19, null
  %21 = select i1 %20, double* %7, double* %19
  %22 = icmp eq i8 %1, 76
  %23 = select i1 %22, i64 %5, i64 %6
  %24 = select i1 %20, i64 %9, i64 %23
  call void @nabla_blas_trsm(i8 %1, i8 %2, i8 %18, i8 %4, i64 %5, i64 %6, double* %21, i64 %24, double* %11, i64 %12)
  %25 = icmp eq double* %8, null
  br i1 %25, label %33, label %26
26:
  %27 = getelementptr i8, i8* %13, i64 8
  %28 = bitcast i8* %27 to double**
  %29 = load double*, double** %28
  %30 = icmp eq double* %29, null
  %31 = select i1 %30, double* %10, double* %29
  %32 = select i1 %30, i64 %12, i64 %5
  call fastcc void @add_triangle(double -1.000000e+00, i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %11, i64 %12, double* %31, i64 %32, double* %8, i64 %9)
  br label %33
33:
  ret void
}
define void @nabla_blas_trsm_forward(i64 %0, i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, double* %8, i64 %9, double* %10, double* %11, i64 %12) {
  %14 = icmp eq double* %11, null
  br i1 %14, label %23, label %15
15:
  %16 = icmp eq double* %8, null
  br i1 %16, label %22, label %17
17:
  %18 = call fastcc double* @copied(i64 %5, i64 %6, double* %10, i64 %12)
  call void @nabla_blas_trsm(i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, i64 %9, double* %18, i64 %5)
  %19 = call fastcc double* @changed(i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %8, i64 %9, double* %18, i64 %5)
  call fastcc void @add(double -1.000000e+00, i64 %5, i64 %6, double* %19, i64 %5, double* %11, i64 %12)
  %20 = bitcast double* %19 to i8*
  call void @free(i8* %20)
  %21 = bitcast double* %18 to i8*
  call void @free(i8* %21)
  br label %22
22:
  call void @nabla_blas_trsm(i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, i64 %9, double* %11, i64 %12)
  br label %23
23:
  %24 = and i64 %0, 4611686018427387904
  %25 = icmp eq i64 %24, 0
  br i1 %25, label %27, label %26
26:
  call void @nabla_blas_trsm(i8 %1, i8 %2, i8 %3, i8 %4, i64 %5, i64 %6, double* %7, i64 %9, double* %10, i64 %12)
  br label %27
27:
  ret void
}
define internal fastcc double* @copied(i64 %0, i64 %1, double* %2, i64 %3) unnamed_addr {
  %5 = mul i64 %1, %0
  %6 = icmp sgt i64 %5, 1
  %7 = select i1 %6, i64 %5, i64 1
  %8 = shl i64 %7, 3
  %9 = call i8* @malloc(i64 %8)
  %10 = bitcast i8* %9 to double*
  %11 = icmp sgt i64 %1, 0
  br i1 %11, label %12, label %19
12:
  %13 = icmp sgt i64 %0, 0
  br label %14
14:
  %15 = phi i64 [ 0, %12 ], [ %21, %20 ]
  br i1 %13, label %16, label %20
16:
  %17 = mul i64 %15, %3
  %18 = mul i64 %15, %0
  br label %23
19:
  ret double* %10
20:
  %21 = add i64 %15, 1
  %22 = icmp eq i64 %21, %1
  br i1 %22, label %19, label %14
23:
  %24 = phi i64 [ 0, %16 ], [ %30, %23 ]
  %25 = add i64 %24, %17
  %26 = getelementptr double, double* %2, i64 %25
  %27 = load double, double* %26
  %28 = add i64 %24, %18
  %29 = getelementptr double, double* %10, i64 %28
  store double %27, double* %29
  %30 = add i64 %24, 1
  %31 = icmp eq i64 %30, %0
  br i1 %31, label %20, label %23
}
define double @nabla_blas_user_dot(i64 %0, double* %1, i64 %2, double* %3, i64 %4) {
  %6 = icmp sgt i64 %0, 0
  br i1 %6, label %7, label %10
7:
  %8 = call fastcc i64 @origin(i64 %0, i64 %2)
  %9 = call fastcc i64 @origin(i64 %0, i64 %4)
  br label %12
10:
  %11 = phi double [ 0.000000e+00, %5 ], [ %24, %12 ]
  ret double %11
12:
  %13 = phi i64 [ 0, %7 ], [ %25, %12 ]
  %14 = phi double [ 0.000000e+00, %7 ], [ %24, %12 ]
  %15 = mul i64 %13, %2
  %16 = add i64 %8, %15
  %17 = getelementptr double, double* %1, i64 %16
  %18 = load double, double* %17
  %19 = mul i64 %13, %4
  %20 = add i64 %9, %19
  %21 = getelementptr double, double* %3, i64 %20
  %22 = load double, double* %21
  %23 = fmul double %18, %22
  %24 = fadd double %14, %23
  %25 = add i64 %13, 1
  %26 = icmp eq i64 %25, %0
  br i1 %26, label %10, label %12
}
define void @nabla_blas_user_axpy(i64 %0, double %1, double* %2, i64 %3, double* %4, i64 %5) {
  %7 = icmp sgt i64 %0, 0
  br i1 %7, label %8, label %11
8:
  %9 = call fastcc i64 @origin(i64 %0, i64 %3)
  %10 = call fastcc i64 @origin(i64 %0, i64 %5)
  br label %12
11:
  ret void
12:
  %13 = phi i64 [ 0, %8 ], [ %24, %12 ]
  %14 = mul i64 %13, %3
  %15 = add i64 %9, %14
  %16 = getelementptr double, double* %2, i64 %15
  %17 = load double, double* %16
  %18 = fmul double %17, %1
  %19 = mul i64 %13, %5
  %20 = add i64 %10, %19
  %21 = getelementptr double, double* %4, i64 %20
  %22 = load double, double* %21
  %23 = fadd double %18, %22
  store double %23, double* %21
  %24 = add i64 %13, 1
  %25 = icmp eq i64 %24, %0
  br i1 %25, label %11, label %12
}
define void @nabla_blas_user_scal(i64 %0, double %1, double* %2, i64 %3) {
  %5 = icmp sgt i64 %3, 0
  %6 = icmp sgt i64 %0, 0
  %7 = and i1 %5, %6
  br i1 %7, label %9, label %8
8:
  ret void
9:
  %10 = phi i64 [ %15, %9 ], [ 0, %4 ]
  %11 = mul i64 %10, %3
  %12 = getelementptr double, double* %2, i64 %11
  %13 = load double, double* %12
  %14 = fmul double %13, %1
  store double %14, double* %12
  %15 = add i64 %10, 1
  %16 = icmp slt i64 %15, %0
  %17 = and i1 %5, %16
  br i1 %17, label %9, label %8
}
define void @nabla_blas_user_copy(i64 %0, double* %1, i64 %2, double* %3, i64 %4) {
  %6 = icmp sgt i64 %0, 0
  br i1 %6, label %7, label %10
7:
  %8 = call fastcc i64 @origin(i64 %0, i64 %2)
  %9 = call fastcc i64 @origin(i64 %0, i64 %4)
  br label %11
10:
  ret void
11:
  %12 = phi i64 [ 0, %7 ], [ %20, %11 ]
  %13 = mul i64 %12, %2
  %14 = add i64 %8, %13
  %15 = getelementptr double, double* %1, i64 %14
  %16 = load double, double* %15
  %17 = mul i64 %12, %4
  %18 = add i64 %9, %17
  %19 = getelementptr double, double* %3, i64 %18
  store double %16, double* %19
  %20 = add i64 %12, 1
  %21 = icmp eq i64 %20, %0
  br i1 %21, label %10, label %11
}
define void @nabla_blas_user_swap(i64 %0, double* %1, i64 %2, double* %3, i64 %4) {
  %6 = icmp sgt i64 %0, 0
  br i1 %6, label %7, label %12
7:
  %8 = call fastcc i64 @origin(i64 %0, i64 %2)
  %9 = getelementptr double, double* %1, i64 %8
  %10 = call fastcc i64 @origin(i64 %0, i64 %4)
  %11 = getelementptr double, double* %3, i64 %10
  br label %13
12:
  ret void
13:
  %14 = phi i64 [ 0, %7 ], [ %21, %13 ]
  %15 = mul i64 %14, %2
  %16 = getelementptr double, double* %9, i64 %15
  %17 = mul i64 %14, %4
  %18 = getelementptr double, double* %11, i64 %17
  %19 = load double, double* %16
  %20 = load double, double* %18
  store double %20, double* %16
  store double %19, double* %18
  %21 = add i64 %14, 1
  %22 = icmp eq i64 %21, %0
  br i1 %22, label %12, label %13
}
define double @nabla_blas_user_asum(i64 %0, double* %1, i64 %2) {
  %4 = icmp sgt i64 %2, 0
  %5 = icmp sgt i64 %0, 0
  %6 = and i1 %4, %5
  br i1 %6, label %9, label %7
7:
  %8 = phi double [ 0.000000e+00, %3 ], [ %18, %9 ]
  ret double %8
9:
  %10 = phi i64 [ %19, %9 ], [ 0, %3 ]
  %11 = phi double [ %18, %9 ], [ 0.000000e+00, %3 ]
  %12 = mul i64 %10, %2
  %13 = getelementptr double, double* %1, i64 %12
  %14 = load double, double* %13
  %15 = fcmp olt double %14, 0.000000e+00
  %16 = fneg double %14
  %17 = select i1 %15, double %16, double %14
  %18 = fadd double %11, %17
  %19 = add i64 %10, 1
  %20 = icmp slt i64 %19, %0
  %21 = and i1 %4, %20
  br i1 %21, label %9, label %7
}
define double @nabla_blas_user_nrm2(i64 %0, double* %1, i64 %2) {
  %4 = icmp sgt i64 %0, 0
  br i1 %4, label %5, label %7
5:
  %6 = call fastcc i64 @origin(i64 %0, i64 %2)
  br label %10
7:
  %8 = phi double [ 0.000000e+00, %3 ], [ %21, %10 ]
  %9 = fcmp oeq double %8, 0.000000e+00
  br i1 %9, label %65, label %24
10:
  %11 = phi i64 [ 0, %5 ], [ %22, %10 ]
  %12 = phi double [ 0.000000e+00, %5 ], [ %21, %10 ]
  %13 = mul i64 %11, %2
  %14 = add i64 %6, %13
  %15 = getelementptr double, double* %1, i64 %14
  %16 = load double, double* %15
  %17 = fcmp olt double %16, 0.000000e+00
  %18 = fneg double %16
  %19 = select i1 %17, double %18, double %16
  %20 = fcmp ogt double %19, %12
  %21 = select i1 %20, double %19, double %12
  %22 = add i64 %11, 1
  %23 = icmp eq i64 %22, %0
  br i1 %23, label %7, label %10
24:
  %25 = fcmp ogt double %8, 0x3CD0000000000000
  %26 = fcmp olt double %8, 0x4310000000000000
  %27 = and i1 %25, %26
  %28 = icmp sgt i64 %0, 0
  br i1 %27, label %32, label %29
29:
  br i1 %28, label %30, label %49
30:
  %31 = call fastcc i64 @origin(i64 %0, i64 %2)
  br label %53
32:
  br i1 %28, label %33, label %35
33:
  %34 = call fastcc i64 @origin(i64 %0, i64 %2)
  br label %38
35:
  %36 = phi double [ 0.000000e+00, %32 ], [ %46, %38 ]
  %37 = call double @nabla_blas_sqrt(double %36)
  br label %65
38:
  %39 = phi i64 [ 0, %33 ], [ %47, %38 ]
  %40 = phi double [ 0.000000e+00, %33 ], [ %46, %38 ]
  %41 = mul i64 %39, %2
  %42 = add i64 %34, %41
  %43 = getelementptr double, double* %1, i64 %42
  %44 = load double, double* %43
  %45 = fmul double %44, %44
  %46 = fadd double %40, %45
  %47 = add i64 %39, 1
  %48 = icmp eq i64 %47, %0
  br i1 %48, label %35, label %38
49:
  %50 = phi double [ 0.000000e+00, %29 ], [ %62, %53 ]
  %51 = call double @nabla_blas_sqrt(double %50)
  %52 = fmul double %8, %51
  br label %65
53:
  %54 = phi i64 [ 0, %30 ], [ %63, %53 ]
  %55 = phi double [ 0.000000e+00, %30 ], [ %62, %53 ]
  %56 = mul i64 %54, %2
  %57 = add i64 %31, %56
  %58 = getelementptr double, double* %1, i64 %57
  %59 = load double, double* %58
  %60 = fdiv double %59, %8
  %61 = fmul double %60, %60
  %62 = fadd double %55, %61
  %63 = add i64 %54, 1
  %64 = icmp eq i64 %63, %0
  br i1 %64, label %49, label %53
65:
  %66 = phi double [ %37, %35 ], [ %52, %49 ], [ 0.000000e+00, %7 ]
  ret double %66
}
declare double @nabla_blas_sqrt(double )
define void @nabla_blas_user_rot(i64 %0, double* %1, i64 %2, double* %3, i64 %4, double %5, double %6) {
  %8 = icmp sgt i64 %0, 0
  br i1 %8, label %9, label %14
9:
  %10 = call fastcc i64 @origin(i64 %0, i64 %2)
  %11 = getelementptr double, double* %1, i64 %10
  %12 = call fastcc i64 @origin(i64 %0, i64 %4)
  %13 = getelementptr double, double* %3, i64 %12
  br label %15
14:
  ret void
15:
  %16 = phi i64 [ 0, %9 ], [ %30, %15 ]
  %17 = mul i64 %16, %2
  %18 = getelementptr double, double* %11, i64 %17
  %19 = mul i64 %16, %4
  %20 = getelementptr double, double* %13, i64 %19
  %21 = load double, double* %18
  %22 = fmul double %21, %5
  %23 = load double, double* %20
  %24 = fmul double %23, %6
  %25 = fadd double %22, %24
  store double %25, double* %18
  %26 = load double, double* %20
  %27 = fmul double %26, %5
  %28 = fmul double %21, %6
  %29 = fsub double %27, %28
  store double %29, double* %20
  %30 = add i64 %16, 1
  %31 = icmp eq i64 %30, %0
  br i1 %31, label %14, label %15
}
define void @nabla_blas_user_gemv(i8 %0, i64 %1, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double %8, double* %9, i64 %10) {
  %12 = call fastcc i8 @trans(i8 %0)
  %13 = icmp eq i8 %12, 78
  %14 = select i1 %13, i64 %1, i64 %2
  call fastcc void @scale_vector(i64 %14, double %8, double* %9, i64 %10)
  call void @nabla_blas_gemv(i8 %12, i64 %1, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double* %9, i64 %10)
  ret void
}
define internal fastcc i8 @trans(i8 %0) unnamed_addr {
  %2 = call fastcc i8 @upper(i8 %0)
  %3 = icmp eq i8 %2, 78
  %4 = select i1 %3, i8 78, i8 84
  ret i8 %4
}
define internal fastcc void @scale_vector(i64 %0, double %1, double* %2, i64 %3) unnamed_addr {
  %5 = fcmp une double %1, 1.000000e+00
  %6 = icmp sgt i64 %0, 0
  %7 = and i1 %5, %6
  br i1 %7, label %8, label %23
8:
  %9 = call fastcc i64 @origin(i64 %0, i64 %3)
  %10 = getelementptr double, double* %2, i64 %9
  %11 = fcmp oeq double %1, 0.000000e+00
  br label %12
12:
  %13 = phi i64 [ 0, %8 ], [ %21, %19 ]
  %14 = mul i64 %13, %3
  %15 = getelementptr double, double* %10, i64 %14
  br i1 %11, label %19, label %16
16:
  %17 = load double, double* %15
  %18 = fmul double %17, %1
  br label %19
19:
  %20 = phi double [ %18, %16 ], [ 0.000000e+00, %12 ]
  store double %20, double* %15
  %21 = add i64 %13, 1
  %22 = icmp eq i64 %21, %0
  br i1 %22, label %23, label %12
23:
  ret void
}
define void @nabla_blas_user_ger(i64 %0, i64 %1, double %2, double* %3, i64 %4, double* %5, i64 %6, double* %7, i64 %8) {
  call void @nabla_blas_ger(i64 %0, i64 %1, double %2, double* %3, i64 %4, double* %5, i64 %6, double* %7, i64 %8)
  ret void
}
define void @nabla_blas_user_symv(i8 %0, i64 %1, double %2, double* %3, i64 %4, double* %5, i64 %6, double %7, double* %8, i64 %9) {
  call fastcc void @scale_vector(i64 %1, double %7, double* %8, i64 %9)
  %11 = icmp eq i64 %6, 1
  %12 = icmp eq i64 %9, 1
  %13 = and i1 %11, %12
  br i1 %13, label %14, label %16
14:
  %15 = call fastcc i8 @upper(i8 %0)
  call void @nabla_blas_symm(i8 76, i8 %15, i64 %1, i64 1, double %2, double* %3, i64 %4, double* %5, i64 %1, double* %8, i64 %1)
  br label %22
16:
  %17 = call fastcc double* @zeros(i64 %1)
  %18 = call fastcc double* @zeros(i64 %1)
  call void @nabla_blas_user_copy(i64 %1, double* %5, i64 %6, double* %17, i64 1)
  %19 = call fastcc i8 @upper(i8 %0)
  call void @nabla_blas_symm(i8 76, i8 %19, i64 %1, i64 1, double %2, double* %3, i64 %4, double* %17, i64 %1, double* %18, i64 %1)
  call void @nabla_blas_user_axpy(i64 %1, double 1.000000e+00, double* %18, i64 1, double* %8, i64 %9)
  %20 = bitcast double* %17 to i8*
  call void @free(i8* %20)
  %21 = bitcast double* %18 to i8*
  call void @free(i8* %21)
  br label %22
22:
  ret void
}
define internal fastcc i8 @upper(i8 %0) unnamed_addr {
  %2 = and i8 %0, -33
  ret i8 %2
}
define void @nabla_blas_user_syr(i8 %0, i64 %1, double %2, double* %3, i64 %4, double* %5, i64 %6) {
  %8 = call fastcc i8 @upper(i8 %0)
  %9 = call fastcc i64 @origin(i64 %1, i64 %4)
  %10 = getelementptr double, double* %3, i64 %9
  %11 = icmp sgt i64 %1, 0
  br i1 %11, label %13, label %12
12:
  ret void
13:
  %14 = phi i64 [ %23, %22 ], [ 0, %7 ]
  %15 = call fastcc i64 @first(i8 %8, i64 %14)
  %16 = call fastcc i64 @end(i8 %8, i64 %14, i64 %1)
  %17 = icmp slt i64 %15, %16
  br i1 %17, label %18, label %22
18:
  %19 = mul i64 %14, %4
  %20 = getelementptr double, double* %10, i64 %19
  %21 = mul i64 %14, %6
  br label %25
22:
  %23 = add i64 %14, 1
  %24 = icmp eq i64 %23, %1
  br i1 %24, label %12, label %13
25:
  %26 = phi i64 [ %15, %18 ], [ %37, %25 ]
  %27 = mul i64 %26, %4
  %28 = getelementptr double, double* %10, i64 %27
  %29 = load double, double* %28
  %30 = fmul double %29, %2
  %31 = load double, double* %20
  %32 = fmul double %30, %31
  %33 = add i64 %26, %21
  %34 = getelementptr double, double* %5, i64 %33
  %35 = load double, double* %34
  %36 = fadd double %35, %32
  store double %36, double* %34
  %37 = add i64 %26, 1
  %38 = icmp eq i64 %37, %16
  br i1 %38, label %22, label %25
}
define internal fastcc i64 @first(i8 %0, i64 %1) unnamed_addr {
  %3 = icmp eq i8 %0, 85
  %4 = select i1 %3, i64 0, i64 %1
  ret i64 %4
}
define internal fastcc i64 @end(i8 %0, i64 %1, i64 %2) unnamed_addr {
  %4 = icmp eq i8 %0, 85
  %5 = add i64 %1, 1
  %6 = select i1 %4, i64 %5, i64 %2
  ret i64 %6
}
define void @nabla_blas_user_syr2(i8 %0, i64 %1, double %2, double* %3, i64 %4, double* %5, i64 %6, double* %7, i64 %8) {
  %10 = call fastcc i8 @upper(i8 %0)
  %11 = call fastcc i64 @origin(i64 %1, i64 %4)
  %12 = getelementptr double, double* %3, i64 %11
  %13 = call fastcc i64 @origin(i64 %1, i64 %6)
  %14 = getelementptr double, double* %5, i64 %13
  %15 = icmp sgt i64 %1, 0
  br i1 %15, label %17, label %16
16:
  ret void
17:
  %18 = phi i64 [ %29, %28 ], [ 0, %9 ]
  %19 = call fastcc i64 @first(i8 %10, i64 %18)
  %20 = call fastcc i64 @end(i8 %10, i64 %18, i64 %1)
  %21 = icmp slt i64 %19, %20
  br i1 %21, label %22, label %28
22:
  %23 = mul i64 %18, %6
  %24 = getelementptr double, double* %14, i64 %23
  %25 = mul i64 %18, %4
  %26 = getelementptr double, double* %12, i64 %25
  %27 = mul i64 %18, %8
  br label %31
28:
  %29 = add i64 %18, 1
  %30 = icmp eq i64 %29, %1
  br i1 %30, label %16, label %17
31:
  %32 = phi i64 [ %19, %22 ], [ %49, %31 ]
  %33 = mul i64 %32, %4
  %34 = getelementptr double, double* %12, i64 %33
  %35 = load double, double* %34
  %36 = load double, double* %24
  %37 = fmul double %35, %36
  %38 = mul i64 %32, %6
  %39 = getelementptr double, double* %14, i64 %38
  %40 = load double, double* %39
  %41 = load double, double* %26
  %42 = fmul double %40, %41
  %43 = fadd double %37, %42
  %44 = fmul double %43, %2
  %45 = add i64 %32, %27
  %46 = getelementptr double, double* %7, i64 %45
  %47 = load double, double* %46
  %48 = fadd double %47, %44
  store double %48, double* %46
  %49 = add i64 %32, 1
  %50 = icmp eq i64 %49, %20
  br i1 %50, label %28, label %31
}
define void @nabla_blas_user_trmv(i8 %0, i8 %1, i8 %2, i64 %3, double* %4, i64 %5, double* %6, i64 %7) {
  %9 = icmp eq i64 %7, 1
  br i1 %9, label %10, label %14
10:
  %11 = call fastcc i8 @upper(i8 %0)
  %12 = call fastcc i8 @trans(i8 %1)
  %13 = call fastcc i8 @upper(i8 %2)
  call void @nabla_blas_trmm(i8 76, i8 %11, i8 %12, i8 %13, i64 %3, i64 1, double* %4, i64 %5, double* %6, i64 %3)
  br label %20
14:
  %15 = call fastcc double* @zeros(i64 %3)
  call void @nabla_blas_user_copy(i64 %3, double* %6, i64 %7, double* %15, i64 1)
  %16 = call fastcc i8 @upper(i8 %0)
  %17 = call fastcc i8 @trans(i8 %1)
  %18 = call fastcc i8 @upper(i8 %2)
  call void @nabla_blas_trmm(i8 76, i8 %16, i8 %17, i8 %18, i64 %3, i64 1, double* %4, i64 %5, double* %15, i64 %3)
  call void @nabla_blas_user_copy(i64 %3, double* %15, i64 1, double* %6, i64 %7)
  %19 = bitcast double* %15 to i8*
  call void @free(i8* %19)
  br label %20
20:
  ret void
}
define void @nabla_blas_user_trsv(i8 %0, i8 %1, i8 %2, i64 %3, double* %4, i64 %5, double* %6, i64 %7) {
  %9 = icmp eq i64 %7, 1
  br i1 %9, label %10, label %14
10:
  %11 = call fastcc i8 @upper(i8 %0)
  %12 = call fastcc i8 @trans(i8 %1)
  %13 = call fastcc i8 @upper(i8 %2)
  call void @nabla_blas_trsm(i8 76, i8 %11, i8 %12, i8 %13, i64 %3, i64 1, double* %4, i64 %5, double* %6, i64 %3)
  br label %20
14:
  %15 = call fastcc double* @zeros(i64 %3)
  call void @nabla_blas_user_copy(i64 %3, double* %6, i64 %7, double* %15, i64 1)
  %16 = call fastcc i8 @upper(i8 %0)
  %17 = call fastcc i8 @trans(i8 %1)
  %18 = call fastcc i8 @upper(i8 %2)
  call void @nabla_blas_trsm(i8 76, i8 %16, i8 %17, i8 %18, i64 %3, i64 1, double* %4, i64 %5, double* %15, i64 %3)
  call void @nabla_blas_user_copy(i64 %3, double* %15, i64 1, double* %6, i64 %7)
  %19 = bitcast double* %15 to i8*
  call void @free(i8* %19)
  br label %20
20:
  ret void
}
define void @nabla_blas_user_gemm(i8 %0, i8 %1, i64 %2, i64 %3, i64 %4, double %5, double* %6, i64 %7, double* %8, i64 %9, double %10, double* %11, i64 %12) {
  call fastcc void @scale(i64 %2, i64 %3, double %10, double* %11, i64 %12)
  %14 = call fastcc i8 @trans(i8 %0)
  %15 = call fastcc i8 @trans(i8 %1)
  call void @nabla_blas_gemm(i8 %14, i8 %15, i64 %2, i64 %3, i64 %4, double %5, double* %6, i64 %7, double* %8, i64 %9, double* %11, i64 %12)
  ret void
}
define internal fastcc void @scale(i64 %0, i64 %1, double %2, double* %3, i64 %4) unnamed_addr {
  %6 = fcmp une double %2, 1.000000e+00
  %7 = icmp sgt i64 %1, 0
  %8 = and i1 %6, %7
  br i1 %8, label %9, label %33
9:
  %10 = icmp sgt i64 %0, 0
  %11 = fcmp oeq double %2, 0.000000e+00
  br label %12
12:
  %13 = phi i64 [ 0, %9 ], [ %18, %17 ]
  br i1 %10, label %14, label %17
14:
  %15 = mul i64 %13, %4
  %16 = mul i64 %13, %4
  br label %20
17:
  %18 = add i64 %13, 1
  %19 = icmp eq i64 %18, %1
  br i1 %19, label %33, label %12
20:
  %21 = phi i64 [ 0, %14 ], [ %31, %27 ]
  br i1 %11, label %27, label %22
22:
  %23 = add i64 %21, %15
  %24 = getelementptr double, double* %3, i64 %23
  %25 = load double, double* %24
  %26 = fmul double %25, %2
  br label %27
27:
  %28 = phi double [ %26, %22 ], [ 0.000000e+00, %20 ]
  %29 = add i64 %21, %16
  %30 = getelementptr double, double* %3, i64 %29
  store double %28, double* %30
  %31 = add i64 %21, 1
  %32 = icmp eq i64 %31, %0
  br i1 %32, label %17, label %20
33:
  ret void
}
define void @nabla_blas_user_symm(i8 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double %9, double* %10, i64 %11) {
  call fastcc void @scale(i64 %2, i64 %3, double %9, double* %10, i64 %11)
  %13 = call fastcc i8 @upper(i8 %0)
  %14 = call fastcc i8 @upper(i8 %1)
  call void @nabla_blas_symm(i8 %13, i8 %14, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double* %10, i64 %11)
  ret void
}
define void @nabla_blas_user_syrk(i8 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double %7, double* %8, i64 %9) {
  %11 = call fastcc i8 @upper(i8 %0)
  call fastcc void @scale_triangle(i8 %11, i64 %2, double %7, double* %8, i64 %9)
  %12 = call fastcc i8 @trans(i8 %1)
  call void @nabla_blas_syrk(i8 %11, i8 %12, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %8, i64 %9)
  ret void
}
define internal fastcc void @scale_triangle(i8 %0, i64 %1, double %2, double* %3, i64 %4) unnamed_addr {
  %6 = fcmp une double %2, 1.000000e+00
  %7 = icmp sgt i64 %1, 0
  %8 = and i1 %6, %7
  br i1 %8, label %9, label %35
9:
  %10 = fcmp oeq double %2, 0.000000e+00
  br label %11
11:
  %12 = phi i64 [ 0, %9 ], [ %20, %19 ]
  %13 = call fastcc i64 @first(i8 %0, i64 %12)
  %14 = call fastcc i64 @end(i8 %0, i64 %12, i64 %1)
  %15 = icmp slt i64 %13, %14
  br i1 %15, label %16, label %19
16:
  %17 = mul i64 %12, %4
  %18 = mul i64 %12, %4
  br label %22
19:
  %20 = add i64 %12, 1
  %21 = icmp eq i64 %20, %1
  br i1 %21, label %35, label %11
22:
  %23 = phi i64 [ %13, %16 ], [ %33, %29 ]
  br i1 %10, label %29, label %24
24:
  %25 = add i64 %23, %17
  %26 = getelementptr double, double* %3, i64 %25
  %27 = load double, double* %26
  %28 = fmul double %27, %2
  br label %29
29:
  %30 = phi double [ %28, %24 ], [ 0.000000e+00, %22 ]
  %31 = add i64 %23, %18
  %32 = getelementptr double, double* %3, i64 %31
  store double %30, double* %32
  %33 = add i64 %23, 1
  %34 = icmp eq i64 %33, %14
  br i1 %34, label %19, label %22
35:
  ret void
}
define void @nabla_blas_user_syr2k(i8 %0, i8 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double %9, double* %10, i64 %11) {
  %13 = call fastcc i8 @trans(i8 %1)
  %14 = call fastcc i8 @upper(i8 %0)
  call fastcc void @scale_triangle(i8 %14, i64 %2, double %9, double* %10, i64 %11)
  call void @nabla_blas_syr2kh(i8 %14, i8 %13, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double* %10, i64 %11)
  %15 = icmp sgt i64 %2, 0
  br i1 %15, label %16, label %24
16:
  %17 = icmp sgt i64 %3, 0
  %18 = icmp eq i8 %13, 78
  br label %19
19:
  %20 = phi i64 [ 0, %16 ], [ %33, %25 ]
  br i1 %17, label %21, label %25
21:
  %22 = mul i64 %20, %6
  %23 = mul i64 %20, %8
  br label %35
24:
  ret void
25:
  %26 = phi double [ 0.000000e+00, %19 ], [ %54, %46 ]
  %27 = fmul double %26, %4
  %28 = mul i64 %20, %11
  %29 = add i64 %28, %20
  %30 = getelementptr double, double* %10, i64 %29
  %31 = load double, double* %30
  %32 = fadd double %27, %31
  store double %32, double* %30
  %33 = add i64 %20, 1
  %34 = icmp eq i64 %33, %2
  br i1 %34, label %24, label %19
35:
  %36 = phi i64 [ 0, %21 ], [ %55, %46 ]
  %37 = phi double [ 0.000000e+00, %21 ], [ %54, %46 ]
  br i1 %18, label %38, label %43
38:
  %39 = mul i64 %36, %6
  %40 = add i64 %39, %20
  %41 = mul i64 %36, %8
  %42 = add i64 %41, %20
  br label %46
43:
  %44 = add i64 %36, %22
  %45 = add i64 %36, %23
  br label %46
46:
  %47 = phi i64 [ %45, %43 ], [ %42, %38 ]
  %48 = phi i64 [ %44, %43 ], [ %40, %38 ]
  %49 = getelementptr double, double* %5, i64 %48
  %50 = load double, double* %49
  %51 = getelementptr double, double* %7, i64 %47
  %52 = load double, double* %51
  %53 = fmul double %50, %52
  %54 = fadd double %37, %53
  %55 = add i64 %36, 1
  %56 = icmp eq i64 %55, %3
  br i1 %56, label %25, label %35
}
define void @nabla_blas_user_trmm(i8 %0, i8 %1, i8 %2, i8 %3, i64 %4, i64 %5, double %6, double* %7, i64 %8, double* %9, i64 %10) {
  call fastcc void @scale(i64 %4, i64 %5, double %6, double* %9, i64 %10)
  %12 = call fastcc i8 @upper(i8 %0)
  %13 = call fastcc i8 @upper(i8 %1)
  %14 = call fastcc i8 @trans(i8 %2)
  %15 = call fastcc i8 @upper(i8 %3)
  call void @nabla_blas_trmm(i8 %12, i8 %13, i8 %14, i8 %15, i64 %4, i64 %5, double* %7, i64 %8, double* %9, i64 %10)
  ret void
}
define void @nabla_blas_user_trsm(i8 %0, i8 %1, i8 %2, i8 %3, i64 %4, i64 %5, double %6, double* %7, i64 %8, double* %9, i64 %10) {
  call fastcc void @scale(i64 %4, i64 %5, double %6, double* %9, i64 %10)
  %12 = call fastcc i8 @upper(i8 %0)
  %13 = call fastcc i8 @upper(i8 %1)
  %14 = call fastcc i8 @trans(i8 %2)
  %15 = call fastcc i8 @upper(i8 %3)
  call void @nabla_blas_trsm(i8 %12, i8 %13, i8 %14, i8 %15, i64 %4, i64 %5, double* %7, i64 %8, double* %9, i64 %10)
  ret void
}
define void @nabla_blas_c_gemv(i32 %0, i32 %1, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double %9, double* %10, i64 %11) {
  %13 = icmp eq i32 %0, 101
  %14 = icmp eq i32 %1, 111
  %15 = select i1 %14, i8 78, i8 84
  br i1 %13, label %16, label %18
16:
  %17 = call fastcc i8 @flip(i8 %15)
  call void @nabla_blas_user_gemv(i8 %17, i64 %3, i64 %2, double %4, double* %5, i64 %6, double* %7, i64 %8, double %9, double* %10, i64 %11)
  br label %19
18:
  call void @nabla_blas_user_gemv(i8 %15, i64 %2, i64 %3, double %4, double* %5, i64 %6, double* %7, i64 %8, double %9, double* %10, i64 %11)
  br label %19
19:
  ret void
}
define void @nabla_blas_c_ger(i32 %0, i64 %1, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double* %8, i64 %9) {
  %11 = icmp eq i32 %0, 101
  br i1 %11, label %12, label %13
12:
  call void @nabla_blas_user_ger(i64 %2, i64 %1, double %3, double* %6, i64 %7, double* %4, i64 %5, double* %8, i64 %9)
  br label %14
13:
  call void @nabla_blas_user_ger(i64 %1, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double* %8, i64 %9)
  br label %14
14:
  ret void
}
define void @nabla_blas_c_symv(i32 %0, i32 %1, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double %8, double* %9, i64 %10) {
  %12 = call fastcc i8 @triangle(i32 %0, i32 %1)
  call void @nabla_blas_user_symv(i8 %12, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double %8, double* %9, i64 %10)
  ret void
}
define internal fastcc i8 @triangle(i32 %0, i32 %1) unnamed_addr {
  %3 = icmp eq i32 %0, 101
  %4 = icmp eq i32 %1, 121
  %5 = select i1 %4, i8 85, i8 76
  br i1 %3, label %6, label %8
6:
  %7 = call fastcc i8 @other(i8 %5, i8 85, i8 76)
  br label %8
8:
  %9 = phi i8 [ %7, %6 ], [ %5, %2 ]
  ret i8 %9
}
define void @nabla_blas_c_syr(i32 %0, i32 %1, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7) {
  %9 = call fastcc i8 @triangle(i32 %0, i32 %1)
  call void @nabla_blas_user_syr(i8 %9, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7)
  ret void
}
define void @nabla_blas_c_syr2(i32 %0, i32 %1, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double* %8, i64 %9) {
  %11 = call fastcc i8 @triangle(i32 %0, i32 %1)
  call void @nabla_blas_user_syr2(i8 %11, i64 %2, double %3, double* %4, i64 %5, double* %6, i64 %7, double* %8, i64 %9)
  ret void
}
define void @nabla_blas_c_trmv(i32 %0, i32 %1, i32 %2, i32 %3, i64 %4, double* %5, i64 %6, double* %7, i64 %8) {
  %10 = call fastcc i8 @triangle(i32 %0, i32 %1)
  %11 = call fastcc i8 @turned(i32 %0, i32 %2)
  %12 = icmp eq i32 %3, 132
  %13 = select i1 %12, i8 85, i8 78
  call void @nabla_blas_user_trmv(i8 %10, i8 %11, i8 %13, i64 %4, double* %5, i64 %6, double* %7, i64 %8)
  ret void
}
define internal fastcc i8 @turned(i32 %0, i32 %1) unnamed_addr {
  %3 = icmp eq i32 %0, 101
  %4 = icmp eq i32 %1, 111
  %5 = select i1 %4, i8 78, i8 84
  br i1 %3, label %6, label %8
6:
  %7 = call fastcc i8 @flip(i8 %5)
  br label %8
8:
  %9 = phi i8 [ %7, %6 ], [ %5, %2 ]
  ret i8 %9
}
define void @nabla_blas_c_trsv(i32 %0, i32 %1, i32 %2, i32 %3, i64 %4, double* %5, i64 %6, double* %7, i64 %8) {
  %10 = call fastcc i8 @triangle(i32 %0, i32 %1)
  %11 = call fastcc i8 @turned(i32 %0, i32 %2)
  %12 = icmp eq i32 %3, 132
  %13 = select i1 %12, i8 85, i8 78
  call void @nabla_blas_user_trsv(i8 %10, i8 %11, i8 %13, i64 %4, double* %5, i64 %6, double* %7, i64 %8)
  ret void
}
define void @nabla_blas_c_gemm(i32 %0, i32 %1, i32 %2, i64 %3, i64 %4, i64 %5, double %6, double* %7, i64 %8, double* %9, i64 %10, double %11, double* %12, i64 %13) {
  %15 = icmp eq i32 %0, 101
  br i1 %15, label %16, label %21
16:
  %17 = icmp eq i32 %2, 111
  %18 = select i1 %17, i8 78, i8 84
  %19 = icmp eq i32 %1, 111
  %20 = select i1 %19, i8 78, i8 84
  call void @nabla_blas_user_gemm(i8 %18, i8 %20, i64 %4, i64 %3, i64 %5, double %6, double* %9, i64 %10, double* %7, i64 %8, double %11, double* %12, i64 %13)
  br label %26
21:
  %22 = icmp eq i32 %1, 111
  %23 = select i1 %22, i8 78, i8 84
  %24 = icmp eq i32 %2, 111
  %25 = select i1 %24, i8 78, i8 84
  call void @nabla_blas_user_gemm(i8 %23, i8 %25, i64 %3, i64 %4, i64 %5, double %6, double* %7, i64 %8, double* %9, i64 %10, double %11, double* %12, i64 %13)
  br label %26
26:
  ret void
}
define void @nabla_blas_c_symm(i32 %0, i32 %1, i32 %2, i64 %3, i64 %4, double %5, double* %6, i64 %7, double* %8, i64 %9, double %10, double* %11, i64 %12) {
  %14 = call fastcc i8 @facing(i32 %0, i32 %1)
  %15 = call fastcc i8 @triangle(i32 %0, i32 %2)
  %16 = icmp eq i32 %0, 101
  %17 = select i1 %16, i64 %4, i64 %3
  %18 = select i1 %16, i64 %3, i64 %4
  call void @nabla_blas_user_symm(i8 %14, i8 %15, i64 %17, i64 %18, double %5, double* %6, i64 %7, double* %8, i64 %9, double %10, double* %11, i64 %12)
  ret void
}
define internal fastcc i8 @facing(i32 %0, i32 %1) unnamed_addr {
  %3 = icmp eq i32 %0, 101
  %4 = icmp eq i32 %1, 141
  %5 = select i1 %4, i8 76, i8 82
  br i1 %3, label %6, label %8
6:
  %7 = call fastcc i8 @other(i8 %5, i8 76, i8 82)
  br label %8
8:
  %9 = phi i8 [ %7, %6 ], [ %5, %2 ]
  ret i8 %9
}
define void @nabla_blas_c_syrk(i32 %0, i32 %1, i32 %2, i64 %3, i64 %4, double %5, double* %6, i64 %7, double %8, double* %9, i64 %10) {
  %12 = call fastcc i8 @triangle(i32 %0, i32 %1)
  %13 = call fastcc i8 @turned(i32 %0, i32 %2)
  call void @nabla_blas_user_syrk(i8 %12, i8 %13, i64 %3, i64 %4, double %5, double* %6, i64 %7, double %8, double* %9, i64 %10)
  ret void
}
define void @nabla_blas_c_syr2k(i32 %0, i32 %1, i32 %2, i64 %3, i64 %4, double %5, double* %6, i64 %7, double* %8, i64 %9, double %10, double* %11, i64 %12) {
  %14 = call fastcc i8 @triangle(i32 %0, i32 %1)
  %15 = call fastcc i8 @turned(i32 %0, i32 %2)
  call void @nabla_blas_user_syr2k(i8 %14, i8 %15, i64 %3, i64 %4, double %5, double* %6, i64 %7, double* %8, i64 %9, double %10, double* %11, i64 %12)
  ret void
}
define void @nabla_blas_c_trmm(i32 %0, i32 %1, i32 %2, i32 %3, i32 %4, i64 %5, i64 %6, double %7, double* %8, i64 %9, double* %10, i64 %11) {
  %13 = call fastcc i8 @facing(i32 %0, i32 %1)
  %14 = call fastcc i8 @triangle(i32 %0, i32 %2)
  %15 = icmp eq i32 %3, 111
  %16 = select i1 %15, i8 78, i8 84
  %17 = icmp eq i32 %4, 132
  %18 = select i1 %17, i8 85, i8 78
  %19 = icmp eq i32 %0, 101
  %20 = select i1 %19, i64 %6, i64 %5
  %21 = select i1 %19, i64 %5, i64 %6
  call void @nabla_blas_user_trmm(i8 %13, i8 %14, i8 %16, i8 %18, i64 %20, i64 %21, double %7, double* %8, i64 %9, double* %10, i64 %11)
  ret void
}
define void @nabla_blas_c_trsm(i32 %0, i32 %1, i32 %2, i32 %3, i32 %4, i64 %5, i64 %6, double %7, double* %8, i64 %9, double* %10, i64 %11) {
  %13 = call fastcc i8 @facing(i32 %0, i32 %1)
  %14 = call fastcc i8 @triangle(i32 %0, i32 %2)
  %15 = icmp eq i32 %3, 111
  %16 = select i1 %15, i8 78, i8 84
  %17 = icmp eq i32 %4, 132
  %18 = select i1 %17, i8 85, i8 78
  %19 = icmp eq i32 %0, 101
  %20 = select i1 %19, i64 %6, i64 %5
  %21 = select i1 %19, i64 %5, i64 %6
  call void @nabla_blas_user_trsm(i8 %13, i8 %14, i8 %16, i8 %18, i64 %20, i64 %21, double %7, double* %8, i64 %9, double* %10, i64 %11)
  ret void
}
declare i8* @malloc(i64 )
define internal fastcc i8 @other(i8 %0, i8 %1, i8 %2) unnamed_addr {
  %4 = icmp eq i8 %0, %1
  %5 = select i1 %4, i8 %2, i8 %1
  ret i8 %5
}
"""#
  static let cxx = #"""
%struct.Count = type { {}**, i64, i64 }
define void @nabla_cxx_add_shared(%struct.Count* %0) {
  %2 = getelementptr %struct.Count, %struct.Count* %0, i64 0, i32 1
  %3 = atomicrmw add i64* %2, i64 1 monotonic, align 8
  ret void
}
define void @nabla_cxx_add_weak(%struct.Count* %0) {
  %2 = getelementptr %struct.Count, %struct.Count* %0, i64 0, i32 2
  %3 = atomicrmw add i64* %2, i64 1 monotonic, align 8
  ret void
}
define void @nabla_cxx_release_weak(%struct.Count* %0) {
  %2 = getelementptr %struct.Count, %struct.Count* %0, i64 0, i32 2
  %3 = atomicrmw add i64* %2, i64 -1 acq_rel, align 8
  %4 = icmp eq i64 %3, 0
  br i1 %4, label %5, label %10
5:
  %6 = bitcast %struct.Count* %0 to void (%struct.Count*)***
  %7 = load void (%struct.Count*)**, void (%struct.Count*)*** %6
  %8 = getelementptr void (%struct.Count*)*, void (%struct.Count*)** %7, i64 4
  %9 = load void (%struct.Count*)*, void (%struct.Count*)** %8
  call void %9(%struct.Count* %0)
  br label %10
10:
  ret void
}
define i1 @nabla_cxx_release(%struct.Count* %0) {
  %2 = getelementptr %struct.Count, %struct.Count* %0, i64 0, i32 1
  %3 = atomicrmw add i64* %2, i64 -1 acq_rel, align 8
  %4 = icmp eq i64 %3, 0
  br i1 %4, label %5, label %10
5:
  %6 = bitcast %struct.Count* %0 to void (%struct.Count*)***
  %7 = load void (%struct.Count*)**, void (%struct.Count*)*** %6
  %8 = getelementptr void (%struct.Count*)*, void (%struct.Count*)** %7, i64 2
  %9 = load void (%struct.Count*)*, void (%struct.Count*)** %8
  call void %9(%struct.Count* %0)
  br label %10
10:
  ret i1 %4
}
define void @nabla_cxx_release_shared(%struct.Count* %0) {
  %2 = call i1 @nabla_cxx_release(%struct.Count* %0)
  br i1 %2, label %3, label %4
3:
  call void @nabla_cxx_release_weak(%struct.Count* %0)
  br label %4
4:
  ret void
}
define %struct.Count* @nabla_cxx_lock(%struct.Count* %0) {
  %2 = getelementptr %struct.Count, %struct.Count* %0, i64 0, i32 1
  %3 = load atomic i64, i64* %2 seq_cst, align 8
  %4 = icmp eq i64 %3, -1
  br i1 %4, label %7, label %5
5:
  %6 = atomicrmw add i64* %2, i64 1 seq_cst, align 8
  br label %7
7:
  %8 = phi %struct.Count* [ %0, %5 ], [ null, %1 ]
  ret %struct.Count* %8
}
define void @nabla_cxx_end(%struct.Count* %0) {
  ret void
}
define void @nabla_cxx_sort_float(float* %0, float* %1, i8* %2) {
  %4 = ptrtoint float* %1 to i64
  %5 = ptrtoint float* %0 to i64
  %6 = sub i64 %4, %5
  %7 = ashr i64 %6, 2
  %8 = icmp sgt i64 %6, 4
  br i1 %8, label %9, label %63
9:
  %10 = sdiv i64 %7, 2
  br label %11
11:
  %12 = phi i64 [ %60, %59 ], [ %10, %9 ]
  %13 = phi i64 [ %61, %59 ], [ %7, %9 ]
  %14 = icmp sgt i64 %12, 0
  br i1 %14, label %15, label %19
15:
  %16 = add i64 %12, -1
  %17 = getelementptr float, float* %0, i64 %16
  %18 = load float, float* %17
  br label %26
19:
  %20 = add i64 %13, -1
  %21 = icmp slt i64 %13, 2
  br i1 %21, label %59, label %22
22:
  %23 = getelementptr float, float* %0, i64 %20
  %24 = load float, float* %23
  %25 = load float, float* %0
  store float %25, float* %23
  br label %26
26:
  %27 = phi i64 [ %16, %15 ], [ %12, %22 ]
  %28 = phi i64 [ %13, %15 ], [ %20, %22 ]
  %29 = phi float [ %18, %15 ], [ %24, %22 ]
  %30 = shl i64 %27, 1
  %31 = or i64 %30, 1
  %32 = icmp slt i64 %31, %28
  br i1 %32, label %33, label %56
33:
  %34 = phi i64 [ %54, %51 ], [ %31, %26 ]
  %35 = phi i64 [ %53, %51 ], [ %30, %26 ]
  %36 = phi i64 [ %47, %51 ], [ %27, %26 ]
  %37 = add i64 %35, 2
  %38 = icmp slt i64 %37, %28
  br i1 %38, label %39, label %46
39:
  %40 = getelementptr float, float* %0, i64 %34
  %41 = load float, float* %40
  %42 = getelementptr float, float* %0, i64 %37
  %43 = load float, float* %42
  %44 = fcmp olt float %41, %43
  br i1 %44, label %45, label %46
45:
  br label %46
46:
  %47 = phi i64 [ %37, %45 ], [ %34, %39 ], [ %34, %33 ]
  %48 = getelementptr float, float* %0, i64 %47
  %49 = load float, float* %48
  %50 = fcmp olt float %29, %49
  br i1 %50, label %51, label %56
51:
  %52 = getelementptr float, float* %0, i64 %36
  store float %49, float* %52
  %53 = shl i64 %47, 1
  %54 = or i64 %53, 1
  %55 = icmp slt i64 %54, %28
  br i1 %55, label %33, label %56
56:
  %57 = phi i64 [ %27, %26 ], [ %47, %51 ], [ %36, %46 ]
  %58 = getelementptr float, float* %0, i64 %57
  store float %29, float* %58
  br label %59
59:
  %60 = phi i64 [ %27, %56 ], [ %12, %19 ]
  %61 = phi i64 [ %28, %56 ], [ %20, %19 ]
  %62 = phi i1 [ true, %56 ], [ false, %19 ]
  br i1 %62, label %11, label %63
63:
  ret void
}
define void @nabla_cxx_sort_double(double* %0, double* %1, i8* %2) {
  %4 = ptrtoint double* %1 to i64
  %5 = ptrtoint double* %0 to i64
  %6 = sub i64 %4, %5
  %7 = ashr i64 %6, 3
  %8 = icmp sgt i64 %6, 8
  br i1 %8, label %9, label %63
9:
  %10 = sdiv i64 %7, 2
  br label %11
11:
  %12 = phi i64 [ %60, %59 ], [ %10, %9 ]
  %13 = phi i64 [ %61, %59 ], [ %7, %9 ]
  %14 = icmp sgt i64 %12, 0
  br i1 %14, label %15, label %19
15:
  %16 = add i64 %12, -1
  %17 = getelementptr double, double* %0, i64 %16
  %18 = load double, double* %17
  br label %26
19:
  %20 = add i64 %13, -1
  %21 = icmp slt i64 %13, 2
  br i1 %21, label %59, label %22
22:
  %23 = getelementptr double, double* %0, i64 %20
  %24 = load double, double* %23
  %25 = load double, double* %0
  store double %25, double* %23
  br label %26
26:
  %27 = phi i64 [ %16, %15 ], [ %12, %22 ]
  %28 = phi i64 [ %13, %15 ], [ %20, %22 ]
  %29 = phi double [ %18, %15 ], [ %24, %22 ]
  %30 = shl i64 %27, 1
  %31 = or i64 %30, 1
  %32 = icmp slt i64 %31, %28
  br i1 %32, label %33, label %56
33:
  %34 = phi i64 [ %54, %51 ], [ %31, %26 ]
  %35 = phi i64 [ %53, %51 ], [ %30, %26 ]
  %36 = phi i64 [ %47, %51 ], [ %27, %26 ]
  %37 = add i64 %35, 2
  %38 = icmp slt i64 %37, %28
  br i1 %38, label %39, label %46
39:
  %40 = getelementptr double, double* %0, i64 %34
  %41 = load double, double* %40
  %42 = getelementptr double, double* %0, i64 %37
  %43 = load double, double* %42
  %44 = fcmp olt double %41, %43
  br i1 %44, label %45, label %46
45:
  br label %46
46:
  %47 = phi i64 [ %37, %45 ], [ %34, %39 ], [ %34, %33 ]
  %48 = getelementptr double, double* %0, i64 %47
  %49 = load double, double* %48
  %50 = fcmp olt double %29, %49
  br i1 %50, label %51, label %56
51:
  %52 = getelementptr double, double* %0, i64 %36
  store double %49, double* %52
  %53 = shl i64 %47, 1
  %54 = or i64 %53, 1
  %55 = icmp slt i64 %54, %28
  br i1 %55, label %33, label %56
56:
  %57 = phi i64 [ %27, %26 ], [ %47, %51 ], [ %36, %46 ]
  %58 = getelementptr double, double* %0, i64 %57
  store double %29, double* %58
  br label %59
59:
  %60 = phi i64 [ %27, %56 ], [ %12, %19 ]
  %61 = phi i64 [ %28, %56 ], [ %20, %19 ]
  %62 = phi i1 [ true, %56 ], [ false, %19 ]
  br i1 %62, label %11, label %63
63:
  ret void
}
define void @nabla_cxx_sort_long_double(x86_fp80* %0, x86_fp80* %1, i8* %2) {
  %4 = ptrtoint x86_fp80* %1 to i64
  %5 = ptrtoint x86_fp80* %0 to i64
  %6 = sub i64 %4, %5
  %7 = ashr i64 %6, 4
  %8 = icmp sgt i64 %6, 16
  br i1 %8, label %9, label %63
9:
  %10 = sdiv i64 %7, 2
  br label %11
11:
  %12 = phi i64 [ %60, %59 ], [ %7, %9 ]
  %13 = phi i64 [ %61, %59 ], [ %10, %9 ]
  %14 = icmp sgt i64 %13, 0
  br i1 %14, label %15, label %19
15:
  %16 = add i64 %13, -1
  %17 = getelementptr x86_fp80, x86_fp80* %0, i64 %16
  %18 = load x86_fp80, x86_fp80* %17
  br label %26
19:
  %20 = add i64 %12, -1
  %21 = icmp slt i64 %12, 2
  br i1 %21, label %59, label %22
22:
  %23 = getelementptr x86_fp80, x86_fp80* %0, i64 %20
  %24 = load x86_fp80, x86_fp80* %23
  %25 = load x86_fp80, x86_fp80* %0
  store x86_fp80 %25, x86_fp80* %23
  br label %26
26:
  %27 = phi i64 [ %12, %15 ], [ %20, %22 ]
  %28 = phi i64 [ %16, %15 ], [ %13, %22 ]
  %29 = phi x86_fp80 [ %18, %15 ], [ %24, %22 ]
  %30 = shl i64 %28, 1
  %31 = or i64 %30, 1
  %32 = icmp slt i64 %31, %27
  br i1 %32, label %33, label %56
33:
  %34 = phi i64 [ %54, %51 ], [ %31, %26 ]
  %35 = phi i64 [ %53, %51 ], [ %30, %26 ]
  %36 = phi i64 [ %47, %51 ], [ %28, %26 ]
  %37 = add i64 %35, 2
  %38 = icmp slt i64 %37, %27
  br i1 %38, label %39, label %46
39:
  %40 = getelementptr x86_fp80, x86_fp80* %0, i64 %34
  %41 = load x86_fp80, x86_fp80* %40
  %42 = getelementptr x86_fp80, x86_fp80* %0, i64 %37
  %43 = load x86_fp80, x86_fp80* %42
  %44 = fcmp olt x86_fp80 %41, %43
  br i1 %44, label %45, label %46
45:
  br label %46
46:
  %47 = phi i64 [ %37, %45 ], [ %34, %39 ], [ %34, %33 ]
  %48 = getelementptr x86_fp80, x86_fp80* %0, i64 %47
  %49 = load x86_fp80, x86_fp80* %48
  %50 = fcmp olt x86_fp80 %29, %49
  br i1 %50, label %51, label %56
51:
  %52 = getelementptr x86_fp80, x86_fp80* %0, i64 %36
  store x86_fp80 %49, x86_fp80* %52
  %53 = shl i64 %47, 1
  %54 = or i64 %53, 1
  %55 = icmp slt i64 %54, %27
  br i1 %55, label %33, label %56
56:
  %57 = phi i64 [ %28, %26 ], [ %47, %51 ], [ %36, %46 ]
  %58 = getelementptr x86_fp80, x86_fp80* %0, i64 %57
  store x86_fp80 %29, x86_fp80* %58
  br label %59
59:
  %60 = phi i64 [ %27, %56 ], [ %20, %19 ]
  %61 = phi i64 [ %28, %56 ], [ %13, %19 ]
  %62 = phi i1 [ true, %56 ], [ false, %19 ]
  br i1 %62, label %11, label %63
63:
  ret void
}
"""#
}

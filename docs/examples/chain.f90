! Fortran: the gradient of an energy over an array, through flang.
!
!   flang-new-19 -O2 -fpass-plugin=libNabla.so chain.f90 -o chain
module chain
  use, intrinsic :: iso_c_binding
  implicit none
contains
  ! The energy of masses between springs.
  function energy(x, n, k) bind(c) result(e)
    integer(c_int), value :: n
    real(c_double), intent(in) :: x(n)
    real(c_double), value :: k
    real(c_double) :: e
    integer :: i
    e = 0
    do i = 2, n
      e = e + 0.5d0 * k * (x(i) - x(i - 1))**2
    end do
  end function
end module

program main
  use chain
  implicit none
  interface
    ! Declared and never defined: the plugin puts the derivative in its place. Types decide: x is followed by its shadow,
    ! integers are constant, the adjoint of k is returned.
    function gradient(f, x, dx, n, k) bind(c, name="__nabla_autodiff") result(dk)
      import
      type(c_funptr), value :: f
      real(c_double), intent(in) :: x(*)
      real(c_double), intent(inout) :: dx(*)
      integer(c_int), value :: n
      real(c_double), value :: k
      real(c_double) :: dk
    end function
  end interface
  real(c_double) :: x(4) = [0d0, 1.1d0, 1.9d0, 3.2d0], dx(4) = 0, dk
  integer :: i
  dk = gradient(c_funloc(energy), x, dx, 4_c_int, 2d0)
  print '(a, f8.4)', 'energy', energy(x, 4_c_int, 2d0)
  print '(a, f8.4)', 'by stiffness', dk
  do i = 1, 4
    print '(a, f8.4)', 'force', -dx(i)
  end do
  if (abs(dk - energy(x, 4_c_int, 1d0)) > 1d-12) error stop 1
end program

#ifndef GMM_H
#define GMM_H

/* A mixture of k Gaussians in d dimensions, and n points. Each component has d logarithms of the
   diagonal of its inverse covariance factor, then the strictly lower triangle, column by column. */
struct problem {
  int d, k, n;
  double *alphas; /* k: unnormalised log weights */
  double *means;  /* k x d */
  double *icf;    /* k x (d + d (d - 1) / 2) */
  double *points; /* n x d */
  double gamma;   /* Wishart prior */
  int m;
};

/* The logarithm of the likelihood of the points, times the prior. */
double gmm_objective(const struct problem *p);

/* Its gradient. Writes as many numbers as there are alphas, means and icf. */
void gmm_gradient(const struct problem *p, double *d_alphas, double *d_means, double *d_icf);

#endif

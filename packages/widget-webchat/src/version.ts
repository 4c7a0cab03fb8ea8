/** The version of this package, for telling two copies on one page apart. A test keeps it equal to package.json. */
export const version = '0.1.0';

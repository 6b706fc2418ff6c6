/** The version that every surface reports; a test keeps it equal to that in package.json. */
export const VERSION = '0.1.0'

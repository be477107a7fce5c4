/**
 * SECURITY: what every thread is started with. Credentials in the environment are none of its business, nor are the flags
 * of the process. A report that Node writes of a bug, wherever it was, has a part about each thread, with the environment
 * of the process unless that very thread was told to leave it out.
 */
export const secluded = { env: {}, execArgv: ['--report-exclude-env'] };

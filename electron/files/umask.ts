/**
 * The permission bits this user does not want on new files. Read once, while this is the only thread that makes any:
 * reading it means setting it, and for that moment new files are private.
 */
export const umask: number = process.umask(0o077);
process.umask(umask);

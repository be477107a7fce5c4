/** The one channel that is not in the contract: preload to gate, paths to grants. The page has no way to call it. */
export const GRANT = 'grant';

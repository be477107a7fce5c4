/** Reverse DNS. Windows groups windows and notifications by it, macOS knows the program by it. */
export const APP_ID = 'app.envelope.Envelope';

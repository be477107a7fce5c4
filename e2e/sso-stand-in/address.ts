/** Where one signs in, as the stand-in knows it. */
export const START_URL = 'https://d-1234567890.awsapps.com/start';

/** @file Text of others, made safe to stand in a sentence. */

/** Control characters and those that turn the direction of a line, which would make a name lie. */
const unsafe = /[\0-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** `text` with a visible mark in place of every character that is not one to be read. */
export const printable = (text: string): string => text.replace(unsafe, '\ufffd');

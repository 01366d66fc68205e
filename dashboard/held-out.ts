/** What follows a catalogue's id where its held-out periods are meant, as they happened. */
export const HELD_OUT = '-held-out';

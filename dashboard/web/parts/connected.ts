import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Is the server there? What asks something of it cannot be pressed while it is not. */
export const Connected = createContext(true);

export function useConnected(): boolean {
  return useContext(Connected);
}

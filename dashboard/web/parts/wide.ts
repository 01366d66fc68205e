import { useEffect, useState } from 'preact/hooks';

/** Is there room for choices beside what they are about? As layout.css has it. */
export function useWide(): boolean {
  return useRoom(1000);
}

/** Is the page at least so many pixels wide? */
export function useRoom(pixels: number): boolean {
  const query = `(min-width: ${pixels}px)`;
  const [wide, setWide] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const listen = () => setWide(media.matches);
    media.addEventListener('change', listen);
    return () => media.removeEventListener('change', listen);
  }, [query]);
  return wide;
}

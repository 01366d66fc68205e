import { useEffect, useState } from 'preact/hooks';

/** Is there room for choices beside what they are about? As layout.css has it. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const media = matchMedia(WIDE);
    const listen = () => setWide(media.matches);
    media.addEventListener('change', listen);
    return () => media.removeEventListener('change', listen);
  }, []);
  return wide;
}

const WIDE = '(min-width: 1000px)';

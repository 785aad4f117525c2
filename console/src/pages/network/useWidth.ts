import { useEffect, useRef, useState } from 'react';

/** The width of an element as it is laid out, at least so many pixels. */
export function useWidth(least: number) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.max(least, Math.floor(element.clientWidth))));
    observer.observe(element);
    return () => observer.disconnect();
  }, [least]);
  return [box, width] as const;
}

import { useLayoutEffect, useRef, type RefObject } from 'react';
import { echarts } from './chart';

type Chart = ReturnType<typeof echarts.init>;

/** A chart that fills a box for as long as that is shown. */
export function useChart(): [box: RefObject<HTMLDivElement | null>, chart: RefObject<Chart | null>] {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  useLayoutEffect(() => {
    const made = echarts.init(box.current!);
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);
  return [box, chart];
}

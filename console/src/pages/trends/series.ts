import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import type { Held, Mark } from '../../model/curves';

/** Height of the strip of one signal beneath the plot. */
export const STRIP = 9;
const LABEL_FONT = 12;
/** A label narrower than this says nothing. */
const LEAST_LABEL = 70;

type Fill = string | { image: HTMLCanvasElement; repeat: 'repeat' };
export type Fills = Record<Mark['severity'], Fill>;
export type ToldMark = Mark & { readonly text: string };

/** Bad leans one way, uncertain the other, missing is dotted: told apart without colour. */
export function fillsOf(styleOf: (name: string) => string): Fills {
  return {
    bad: pattern(styleOf('--bad'), (pen) => slants(pen, 1)),
    uncertain: pattern(styleOf('--uncertain'), (pen) => slants(pen, -1)),
    missing: pattern(styleOf('--line-strong'), (pen) => pen.rect(1.5, 2.5, 0.4, 0.4)),
  };
}

function pattern(colour: string, draw: (pen: CanvasRenderingContext2D) => void): Fill {
  const image = document.createElement('canvas');
  image.width = image.height = 6;
  const pen = image.getContext('2d')!;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.4;
  pen.beginPath();
  draw(pen);
  pen.stroke();
  return { image, repeat: 'repeat' };
}

function slants(pen: CanvasRenderingContext2D, lean: 1 | -1): void {
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift, lean > 0 ? 6 : 0);
    pen.lineTo(shift + 6, lean > 0 ? 0 : 6);
  }
}

/** The bands from minimum to maximum. */
export function bandSeries(bands: [number, number][][], colour: string, yAxisIndex: number, id: string) {
  return {
    id, type: 'custom' as const, yAxisIndex, clip: true, silent: true, z: 2, data: bands.map((_, i) => [i]), encode: { x: -1, y: -1 },
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => ({
      type: 'polygon' as const,
      shape: { points: (bands[params.dataIndex] ?? []).map((point) => api.coord(point)) },
      style: { fill: colour, opacity: 0.2 },
    }),
  };
}

/** A value that has not changed since it came, drawn on to the present. */
export function heldSeries(held: Held | null, now: number, pen: object, yAxisIndex: number, id: string) {
  const data = held && held.value !== null && held.from < now ? [[held.from, held.value], [now, held.value]] : [];
  return {
    id, type: 'line' as const, yAxisIndex, data, showSymbol: false, silent: true, lineStyle: { ...pen, opacity: 0.6 }, z: 3,
  };
}

interface Box { x: number; y: number; width: number; height: number }

/** A strip per signal below the plot, and a curtain in it where data is bad, with the reason: where its curve is missing. */
export function markSeries(marks: readonly ToldMark[], fills: Fills, row: number, yAxisIndex: number, now: number, ink: LabelInk) {
  return {
    id: `${row}m`, type: 'custom' as const, yAxisIndex, clip: false, silent: true, z: 1, data: marks.map((_, i) => [i]), encode: { x: -1, y: -1 },
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
      const mark = marks[params.dataIndex];
      const box = params.coordSys as unknown as Box;
      if (!mark) return null;
      const edge = (time: number) => Math.min(box.x + box.width, Math.max(box.x, api.coord([Math.min(time, now), 0])[0]!));
      const [left, right] = [edge(mark.from), edge(mark.to)];
      if (right <= box.x || left >= box.x + box.width || mark.from >= now) return null;
      const area = { x: left, y: box.y, width: Math.max(2, right - left), height: box.height };
      const style = { fill: fills[mark.severity] as unknown as string };
      const strip = { ...area, y: box.y + box.height + 4 + row * STRIP, height: STRIP - 2 };
      return {
        type: 'group' as const,
        children: [
          { type: 'rect' as const, shape: strip, style },
          ...(mark.severity === 'bad' ? [{ type: 'rect' as const, shape: area, style: { ...style, opacity: 0.22 } }] : []),
          ...(mark.text && area.width >= LEAST_LABEL ? [label(mark.text, area, ink)] : []),
        ],
      };
    },
  };
}

/** Colours of a label. */
export interface LabelInk {
  readonly text: string;
  readonly surface: string;
}

function label(text: string, area: Box, ink: LabelInk) {
  return {
    type: 'text' as const, z2: 10,
    style: {
      text, x: area.x + 6, y: area.y + 6, fill: ink.text, backgroundColor: ink.surface, padding: 4, borderRadius: 3, fontSize: LABEL_FONT, fontWeight: 600, width: area.width - 20,
      overflow: 'break' as const, lineHeight: LABEL_FONT + 4,
    },
  };
}

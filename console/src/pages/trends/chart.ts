import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import type { History, Signal } from '../../api/types';
import { bandsOf, gapMillis, lineOf, marksOf, niceAxis, type Mark, type Point } from '../../model/curves';
import { formatNumber, unitSign } from '../../model/format';
import type { View } from './useHistories';

echarts.use([LineChart, CustomChart, GridComponent, CanvasRenderer]);
export { echarts };

/** Pens that colour-blind people tell apart; the dash differs too. */
export const pens = {
  light: ['#1d5776', '#b4540a', '#3b7d3f', '#8a4a8f', '#6b6a00', '#5b6770'],
  dark: ['#7fbde0', '#f0a35e', '#8fcf8f', '#d3a0d8', '#d6cf66', '#b6c2c8'],
};
export const dashes: (number[] | 'solid')[] = ['solid', [7, 3], [2, 3], [9, 3, 2, 3], [4, 4], [12, 4]];

export interface Curve {
  readonly signal: Signal;
  readonly history: History | undefined;
}

export interface Margins {
  left: number;
  right: number;
}

const AXIS = 54;
const STRIP = 9;

export function unitsOf(curves: readonly Curve[]): string[] {
  return [...new Set(curves.map(({ signal }) => signal.unit ?? ''))];
}

export function marginsOf(curves: readonly Curve[]): Margins {
  const axes = Math.max(1, unitsOf(curves).length);
  return { left: 10 + AXIS * Math.ceil(axes / 2), right: 14 + AXIS * Math.floor(axes / 2) };
}

function hatch(colour: string, lean: 1 | -1): { image: HTMLCanvasElement; repeat: 'repeat' } {
  const image = document.createElement('canvas');
  image.width = image.height = 6;
  const pen = image.getContext('2d')!;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.6;
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift, lean > 0 ? 6 : 0);
    pen.lineTo(shift + 6, lean > 0 ? 0 : 6);
  }
  pen.stroke();
  return { image, repeat: 'repeat' };
}

function styleOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The whole picture for a view; ECharts draws the difference to the one before. */
export function optionOf(curves: readonly Curve[], view: View, dark: boolean) {
  const colours = dark ? pens.dark : pens.light;
  const ink = { soft: styleOf('--ink-soft'), line: styleOf('--line'), strong: styleOf('--line-strong') };
  const fills = { bad: hatch(styleOf('--bad'), 1), uncertain: hatch(styleOf('--uncertain'), -1) };
  const units = unitsOf(curves);
  const strips = curves.length * STRIP + 6;
  const shaped = curves.map(({ signal, history }) => {
    if (!history) return { line: [], bands: [], marks: [] };
    const gap = gapMillis(history, signal.everyMillis);
    return { line: lineOf(history, gap), bands: bandsOf(history, gap), marks: marksOf(history, gap) };
  });
  const yAxis = units.map((unit, i) => {
    const extent = extentOf(shaped.filter((_, c) => (curves[c]!.signal.unit ?? '') === unit), view);
    return {
      type: 'value' as const, ...niceAxis(...extent), position: i % 2 === 0 ? ('left' as const) : ('right' as const),
      offset: AXIS * Math.floor(i / 2), name: unitSign(unit), nameTextStyle: { color: ink.soft, fontSize: 12 }, nameGap: 8,
      axisLine: { show: true, lineStyle: { color: ink.strong } }, splitLine: { show: i === 0, lineStyle: { color: ink.line } },
      axisLabel: { color: ink.soft, fontSize: 12, formatter: (value: number) => formatNumber(value, undefined).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') },
    };
  });
  const series = shaped.flatMap((shape, i) => {
    const colour = colours[i % colours.length]!;
    const yAxisIndex = Math.max(0, units.indexOf(curves[i]!.signal.unit ?? ''));
    return [
      bandSeries(shape.bands, colour, yAxisIndex, `${i}b`),
      {
        id: `${i}l`, type: 'line' as const, yAxisIndex, data: shape.line, showSymbol: shape.line.length < 3, symbolSize: 5, connectNulls: false,
        silent: true, lineStyle: { color: colour, width: 1.7, type: dashes[i % dashes.length]! }, itemStyle: { color: colour }, z: 3,
      },
      markSeries(shape.marks, fills, i, yAxisIndex),
    ];
  });
  return {
    animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { ...marginsOf(curves), top: 28, bottom: 30 + strips },
    xAxis: {
      type: 'time' as const, min: view.from, max: view.to, position: 'bottom' as const, axisLine: { onZero: false, lineStyle: { color: ink.strong } },
      axisLabel: { color: ink.soft, fontSize: 12, hideOverlap: true, margin: strips + 8 }, splitLine: { show: true, lineStyle: { color: ink.line } },
    },
    yAxis: yAxis.length ? yAxis : [{ type: 'value' as const, min: 0, max: 1, show: false }], series,
  };
}

function extentOf(shapes: { line: Point[]; bands: [number, number][][] }[], view: View): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { line, bands } of shapes) {
    for (const points of [line, ...bands]) {
      for (const [time, value] of points) {
        if (value === null || time < view.from || time > view.to) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return low > high ? [0, 1] : [low, high];
}

function bandSeries(bands: [number, number][][], colour: string, yAxisIndex: number, id: string) {
  return {
    id, type: 'custom' as const, yAxisIndex, clip: true, silent: true, z: 2, data: bands.map((_, i) => [i]), encode: { x: -1, y: -1 },
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => ({
      type: 'polygon' as const,
      shape: { points: (bands[params.dataIndex] ?? []).map((point) => api.coord(point)) },
      style: { fill: colour, opacity: 0.2 },
    }),
  };
}

interface Box { x: number; y: number; width: number; height: number }

/** A strip per signal below the plot, and a faint curtain in it, so that bad data is seen where its curve is missing. */
function markSeries(marks: Mark[], fills: Record<Mark['severity'], object>, row: number, yAxisIndex: number) {
  return {
    id: `${row}m`, type: 'custom' as const, yAxisIndex, clip: false, silent: true, z: 1, data: marks.map((_, i) => [i]), encode: { x: -1, y: -1 },
    renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
      const mark = marks[params.dataIndex];
      const box = params.coordSys as unknown as Box;
      if (!mark) return null;
      const edge = (time: number) => Math.min(box.x + box.width, Math.max(box.x, api.coord([time, 0])[0]!));
      const [left, right] = [edge(mark.from), edge(mark.to)];
      if (right <= box.x || left >= box.x + box.width) return null;
      const width = Math.max(2, right - left);
      const style = { fill: fills[mark.severity] as unknown as string };
      const strip = { x: left, y: box.y + box.height + 4 + row * STRIP, width, height: STRIP - 2 };
      return {
        type: 'group' as const,
        children: [
          { type: 'rect' as const, shape: strip, style },
          ...(mark.severity === 'bad'
            ? [{ type: 'rect' as const, shape: { x: left, y: box.y, width, height: box.height }, style: { ...style, opacity: 0.22 } }]
            : []),
        ],
      };
    },
  };
}

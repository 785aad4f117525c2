import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { History, Signal } from '../../api/types';
import { bandsOf, gapMillis, lineOf, marksOf, niceAxis, within, type Held, type Mark, type Point } from '../../model/curves';
import { formatNumber, unitSign } from '../../model/format';
import type { View } from '../../model/view';
import { bandSeries, fillsOf, heldSeries, markSeries, STRIP, type Fills } from './series';

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
  readonly held: Held | null;
}

export interface Margins {
  left: number;
  right: number;
}

/** What the picture depends on besides curves and view. */
export interface Look {
  readonly dark: boolean;
  readonly narrow: boolean;
  /** What a mark says inside of the picture. */
  readonly describe: (mark: Mark, signals: readonly Signal[], until: number) => string;
}

const AXIS = { wide: 54, narrow: 40 };
const TOP = 30;
const BOTTOM = 28;

interface Shape {
  readonly line: Point[];
  readonly bands: [number, number][][];
  readonly marks: Mark[];
}

const EMPTY: Shape = { line: [], bands: [], marks: [] };
/** Shapes of histories, which never change: panning does not make them again. */
const shapes = new WeakMap<History, Shape>();

function shapeOf({ signal, history }: Curve): Shape {
  if (!history) return EMPTY;
  let shape = shapes.get(history);
  if (!shape) {
    const gap = gapMillis(history, signal.everyMillis);
    shape = { line: lineOf(history, gap), bands: bandsOf(history, gap), marks: marksOf(history, gap) };
    shapes.set(history, shape);
  }
  return shape;
}

/** What of a curve is drawn: ECharts takes its time for every point, in view or not. */
function drawnOf({ signal, history }: Curve, { from, to }: View): Pick<Shape, 'line' | 'bands'> {
  if (!history) return EMPTY;
  const gap = gapMillis(history, signal.everyMillis);
  const part = within(history, from, to);
  return { line: lineOf(part, gap), bands: bandsOf(part, gap) };
}

/** The marks that count: what is held by the newest value is not missing. */
function marksIn(curve: Curve): Mark[] {
  const { marks } = shapeOf(curve);
  const { held } = curve;
  if (!held) return marks;
  const known = marks.filter(({ open, severity }) => !open || severity !== 'missing');
  // A failure from before what was read has no sample in it.
  const failed = held.value === null && !known.some(({ open, severity }) => open && severity === 'bad');
  return failed ? [...known, { from: held.from, to: held.from, severity: 'bad', status: held.status, open: true }] : known;
}

function unitsOf(curves: readonly Curve[]): string[] {
  return [...new Set(curves.map(({ signal }) => signal.unit ?? ''))];
}

export function marginsOf(curves: readonly Curve[], narrow: boolean): Margins {
  const axes = Math.max(1, unitsOf(curves).length);
  const width = narrow ? AXIS.narrow : AXIS.wide;
  return { left: 6 + width * Math.ceil(axes / 2), right: 12 + width * Math.floor(axes / 2) };
}

function styleOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Height of the strips beneath the plot: none where there is nothing to say. */
export function stripsOf(curves: readonly Curve[]): number {
  return curves.some((curve) => marksIn(curve).length > 0) ? curves.length * STRIP + 4 : 0;
}

export function plotInset(curves: readonly Curve[]): { top: number; bottom: number } {
  return { top: TOP, bottom: BOTTOM + stripsOf(curves) };
}

/** How far a picture reaches over its view on both sides, as a share of it. */
const REACH = 0.3;

/** The stretch of time for which a picture that is made for a view has curves. */
export function reachOf(view: View): View {
  const more = (view.to - view.from) * REACH;
  return { from: view.from - more, to: view.to + more };
}

/** The whole picture for a view. */
export function optionOf(curves: readonly Curve[], view: View, now: number, look: Look) {
  const ink = { soft: styleOf('--ink-soft'), line: styleOf('--line'), strong: styleOf('--line-strong'), text: styleOf('--ink'), surface: styleOf('--surface') };
  const fills = fillsOf(styleOf);
  const strips = stripsOf(curves);
  return {
    animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { ...marginsOf(curves, look.narrow), top: TOP, bottom: BOTTOM + strips },
    xAxis: {
      type: 'time' as const, min: view.from, max: view.to, position: 'bottom' as const,
      axisLine: { onZero: false, lineStyle: { color: ink.strong } }, splitLine: { show: true, lineStyle: { color: ink.line } },
      splitNumber: look.narrow ? 3 : 8,
      axisLabel: { color: ink.soft, fontSize: 12, hideOverlap: true, margin: strips + 8, formatter: TIME_LABELS },
    },
    yAxis: axesOf(curves, view, ink, look), series: seriesOf(curves, reachOf(view), now, ink, fills, look),
  };
}

/** The least that a view which moved needs: the axes. */
export function movedOption(curves: readonly Curve[], view: View) {
  const bounds = unitsOf(curves).map((unit) => boundsOf(curves, unit, view));
  return { xAxis: { min: view.from, max: view.to }, ...(bounds.length > 0 ? { yAxis: bounds } : {}) };
}

/** The same in every language, and sortable. */
const TIME_LABELS = {
  year: '{yyyy}', month: '{yyyy}-{MM}', day: '{MM}-{dd}', hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}',
  millisecond: '{HH}:{mm}:{ss}.{SSS}', none: '{HH}:{mm}:{ss}.{SSS}',
};

interface Ink { soft: string; line: string; strong: string; text: string; surface: string }

/** Failures this near in time have one cause. */
const TOGETHER_MILLIS = 3000;

/** The signals that turned bad together, for the same reason. */
function failing(curves: readonly Curve[], { from, status }: Mark): Signal[] {
  return curves
    .filter((curve) => marksIn(curve).some((mark) => mark.severity === 'bad' && mark.status === status && Math.abs(mark.from - from) < TOGETHER_MILLIS))
    .map(({ signal }) => signal);
}

function boundsOf(curves: readonly Curve[], unit: string, view: View) {
  return niceAxis(...extentOf(curves.filter(({ signal }) => (signal.unit ?? '') === unit), view));
}

function axesOf(curves: readonly Curve[], view: View, ink: Ink, look: Look) {
  const colours = look.dark ? pens.dark : pens.light;
  const axes = unitsOf(curves).map((unit, i) => {
    const own = curves.flatMap(({ signal }, c) => ((signal.unit ?? '') === unit ? [colours[c % colours.length]!] : []));
    // An axis of one curve has its colour, so that nobody reads a value off the wrong one.
    const colour = own.length === 1 && curves.length > 1 ? own[0]! : ink.soft;
    return {
      type: 'value' as const, ...boundsOf(curves, unit, view), position: i % 2 === 0 ? ('left' as const) : ('right' as const),
      offset: (look.narrow ? AXIS.narrow : AXIS.wide) * Math.floor(i / 2), name: unitSign(unit),
      nameTextStyle: { color: colour, fontSize: 12 }, nameGap: 8,
      axisLine: { show: true, lineStyle: { color: own.length === 1 && curves.length > 1 ? colour : ink.strong } },
      splitLine: { show: i === 0, lineStyle: { color: ink.line } },
      axisLabel: { color: colour, fontSize: look.narrow ? 11 : 12, formatter: axisLabel },
    };
  });
  return axes.length ? axes : [{ type: 'value' as const, min: 0, max: 1, show: false }];
}

function axisLabel(value: number): string {
  return formatNumber(value).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

function seriesOf(curves: readonly Curve[], reach: View, now: number, ink: Ink, fills: Fills, look: Look) {
  const colours = look.dark ? pens.dark : pens.light;
  const units = unitsOf(curves);
  const told: Mark[] = [];
  return curves.flatMap((curve, i) => {
    const shape = drawnOf(curve, reach);
    const colour = colours[i % colours.length]!;
    const yAxisIndex = Math.max(0, units.indexOf(curve.signal.unit ?? ''));
    const pen = { color: colour, width: 1.7, type: dashes[i % dashes.length]! };
    const marks = marksIn(curve).map((mark) => {
      const tells = mark.severity === 'bad' && !told.some((other) => other.from < mark.to && mark.from < other.to);
      if (tells) told.push(mark);
      return { ...mark, to: mark.open ? Math.max(mark.to, now) : mark.to, text: tells ? look.describe(mark, failing(curves, mark), now) : '' };
    });
    return [
      bandSeries(shape.bands, colour, yAxisIndex, `${i}b`),
      {
        id: `${i}l`, type: 'line' as const, yAxisIndex, data: shape.line, showSymbol: shape.line.length < 3, symbolSize: 5, connectNulls: false,
        silent: true, lineStyle: pen, itemStyle: { color: colour }, z: 3,
      },
      heldSeries(curve.held, now, pen, yAxisIndex, `${i}h`),
      markSeries(marks, fills, i, yAxisIndex, now, ink),
    ];
  });
}

/** Least and greatest value in view; a line is in order of time, so that only what is in view is looked at. */
function extentOf(curves: readonly Curve[], view: View): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const take = (value: number) => {
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const curve of curves) {
    const { line, bands } = shapeOf(curve);
    for (let i = firstFrom(line, view.from); i < line.length && line[i]![0] <= view.to; i++) {
      const value = line[i]![1];
      if (value !== null) take(value);
    }
    for (const band of bands) for (const [time, value] of band) if (time >= view.from && time <= view.to) take(value);
    if (curve.held && curve.held.value !== null && curve.held.from <= view.to) take(curve.held.value);
  }
  return low > high ? [0, 1] : [low, high];
}

function firstFrom(line: readonly Point[], from: number): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (line[middle]![0] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

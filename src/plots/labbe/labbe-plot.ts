import { frame } from '../frame.ts'
import { keyMarks, sampleDot, sampleLine } from '../key.ts'
import { MARGIN, SMALL } from '../lettering.ts'
import type { Mark, Picture } from '../mark.ts'
import type { LabbeData } from './labbe-data.ts'

/** Both axes are as long as each other, so that equality is the diagonal. */
const SIDE = 340
const BIGGEST = 13
const SMALLEST = 1.5
const POOLED = { dashes: '5 3', strokeWidth: 1.25 }

/**
 * A L'Abbé plot: each study's risk in the experimental group against that in the control group, as a circle whose area is its
 * weight; the line on which they are equal; and dashed, what the pooled effect makes of each risk.
 *
 * @source  L'Abbé, Detsky & O'Rourke 1987, Ann Intern Med 107:224–233
 */
export function labbePlot(data: LabbeData): Picture {
  const domain = [0, data.end] as const
  const { marks, at, left, right, below } = frame({
    x: { domain, label: data.controlLabel },
    y: { domain, label: data.experimentalLabel },
    width: SIDE,
    height: SIDE,
    inset: { x: BIGGEST + 1, y: BIGGEST + 1 },
  })
  const heaviest = Math.max(0, ...data.studies.map(({ weight }) => weight))
  const circles = [...data.studies]
    .sort((one, other) => other.weight - one.weight)
    .map(
      ({ experimental, control, weight }): Mark => ({
        role: 'study',
        kind: 'circle',
        centre: at({ x: control, y: experimental }),
        radius: Math.max(SMALLEST, heaviest === 0 ? 0 : BIGGEST * Math.sqrt(weight / heaviest)),
        fill: '#909090',
        fillOpacity: 0.4,
        stroke: '#000000',
        strokeWidth: 1,
      }),
    )
  const { pooled } = data
  const curve: readonly Mark[] =
    pooled === undefined
      ? []
      : [{ role: 'pooled', kind: 'polyline', points: pooled.curve.map(at), stroke: '#000000', ...POOLED }]
  const key = keyMarks(
    [
      { sample: sampleDot('key-study', '#d2d2d2'), words: 'study, the larger the more weight' },
      { sample: sampleLine('key-equal'), words: 'the same in both groups' },
      ...(pooled === undefined ? [] : [{ sample: sampleLine('key-pooled', POOLED), words: pooled.words }]),
    ],
    { x: left, y: below + MARGIN / 2, width: SIDE },
    SMALL,
  )
  return {
    width: right + 2 * MARGIN,
    height: key.bottom + MARGIN,
    title: data.title,
    description: data.description,
    marks: [
      {
        role: 'equal',
        kind: 'line',
        from: at({ x: 0, y: 0 }),
        to: at({ x: data.end, y: data.end }),
        stroke: '#000000',
        strokeWidth: 0.75,
      },
      ...circles,
      ...curve,
      ...marks,
      ...key.marks,
    ],
  }
}

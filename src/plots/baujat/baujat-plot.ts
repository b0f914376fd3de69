import { frame } from '../frame.ts'
import { freeLabels } from '../free-labels.ts'
import { MARGIN, SMALL } from '../lettering.ts'
import type { Mark, Picture } from '../mark.ts'
import type { Bounds } from '../scale.ts'
import type { BaujatData, BaujatStudy } from './baujat-data.ts'

const WIDTH = 440
const HEIGHT = 320
const RADIUS = 3

/** The part of an axis that is left free beyond what is on it. */
const ROOM = 0.06

/**
 * A Baujat plot: what each study adds to heterogeneity, to the right, against what it does to the estimate, upwards. Names
 * stand beside dots where there is room, those farthest out first.
 *
 * @source  Baujat et al. 2002, Stat Med 21:2641–2652
 */
export function baujatPlot({ title, description, heterogeneityLabel, studies }: BaujatData): Picture {
  const x = { domain: upTo(studies.map(({ heterogeneity }) => heterogeneity)), label: heterogeneityLabel }
  const y = { domain: upTo(studies.map(({ influence }) => influence)), label: 'Influence on the pooled estimate' }
  const { marks, at, left, right, top, bottom, below } = frame({
    x,
    y,
    width: WIDTH,
    height: HEIGHT,
    inset: { x: 3 * RADIUS, y: 3 * RADIUS },
  })
  const part = ({ heterogeneity, influence }: BaujatStudy) =>
    Math.max(heterogeneity / x.domain[1], influence / y.domain[1])
  const dots = [...studies]
    .sort((one, other) => part(other) - part(one))
    .map((study) => ({
      ...at({ x: study.heterogeneity, y: study.influence }),
      radius: RADIUS,
      name: study.label,
    }))
  return {
    width: right + 2 * MARGIN,
    height: below + MARGIN,
    title,
    description,
    marks: [
      ...marks,
      ...dots.map(
        (centre): Mark => ({
          role: 'study',
          kind: 'circle',
          centre: { x: centre.x, y: centre.y },
          radius: RADIUS,
          fill: '#404040',
          stroke: '#000000',
          strokeWidth: 1,
        }),
      ),
      ...freeLabels(dots, { left: left + 2, right: right + MARGIN, top, bottom: bottom - 2 }, SMALL),
    ],
  }
}

const upTo = (values: readonly number[]): Bounds => [0, Math.max(0, ...values) * (1 + ROOM) || 1]

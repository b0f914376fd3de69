import type { Mark, Point } from '../mark.ts'

/** What tells groups apart without colour: a shape, and how it is filled. */
const SHAPES = ['circle', 'square', 'triangle', 'diamond'] as const
const FILLS = ['#404040', '#ffffff', '#b0b0b0'] as const
const SIZE = 4

/** The marker of a panel's first group, its second and so on; after twelve they come again. */
export function marker(group: number, { x, y }: Point, role: string): Mark {
  const shape = SHAPES[Math.floor(group / 2) % SHAPES.length] ?? 'circle'
  const fill = FILLS[group >= 2 * SHAPES.length ? 2 : group % 2] ?? '#404040'
  const look = { role, fill, stroke: '#000000', strokeWidth: 1 }
  const corners = (...points: readonly (readonly [number, number])[]): Mark => ({
    ...look,
    kind: 'polygon',
    points: points.map(([dx, dy]) => ({ x: x + dx * SIZE, y: y + dy * SIZE })),
  })
  switch (shape) {
    case 'circle':
      return { ...look, kind: 'circle', centre: { x, y }, radius: SIZE * 0.95 }
    case 'square':
      return { ...look, kind: 'box', x: x - SIZE * 0.9, y: y - SIZE * 0.9, width: SIZE * 1.8, height: SIZE * 1.8 }
    case 'triangle':
      return corners([0, -1.1], [1.1, 0.9], [-1.1, 0.9])
    case 'diamond':
      return corners([0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0])
  }
}

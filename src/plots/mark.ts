import type { Lettering } from './text-width.ts'

/** A point, from the picture's upper left corner to the right and down. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** How a shape looks: greys, so that it reads in print. No colour is needed to tell marks apart. */
export interface Look {
  readonly fill?: string
  /** From 0 to 1, where what lies behind a fill must be seen. */
  readonly fillOpacity?: number
  readonly stroke?: string
  readonly strokeWidth?: number
  readonly dashes?: string
}

/** A thing to be drawn. `role` tells what it is for: a name for those who style a picture, or look into it. */
export type Mark = { readonly role: string } & Look &
  (
    | { readonly kind: 'line'; readonly from: Point; readonly to: Point }
    | { readonly kind: 'box'; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
    | { readonly kind: 'polygon'; readonly points: readonly Point[] }
    /** From point to point, and not back to the first: never filled. */
    | { readonly kind: 'polyline'; readonly points: readonly Point[] }
    | { readonly kind: 'circle'; readonly centre: Point; readonly radius: number }
    | TextMark
  )

/** A line of text; y is that of the line on which its letters stand. */
export interface TextMark extends Lettering, Point {
  readonly role: string
  readonly kind: 'text'
  readonly text: string
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** A picture: marks in the order in which they are drawn, later ones over those before. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** What it is, for those who can't see it, in some words and in some sentences. */
  readonly title: string
  readonly description: string
  readonly marks: readonly Mark[]
  /** How far down its headings go, which each page of a tall picture begins with; 0 for none. */
  readonly head?: number
}

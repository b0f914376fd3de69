/** From the innermost region of p values outwards: white where nothing is significant, then lighter with each level. */
const SHADES = ['#ffffff', '#c0c0c0', '#dcdcdc', '#eeeeee'] as const

export const shadeOf = (i: number): string => SHADES[i] ?? '#f6f6f6'

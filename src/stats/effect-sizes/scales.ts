/** The scales of effect sizes that need nothing else to lead back from them. */
export const LINEAR = { scale: 'linear', back: (value: number): number => value } as const
export const LOG = { scale: 'log', back: Math.exp } as const

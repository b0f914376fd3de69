import type { Case } from './case.ts'
import { link } from './link.ts'

export const PUBLICATIONS_CASES: readonly Case[] = [
  {
    rule: 'publication-status',
    when: 'nothing happened to it',
    build: ({ publications }) => link(publications, 'CommentIn'),
  },
  {
    rule: 'publication-status',
    when: 'it retracts another one',
    build: ({ publications }) => link(publications, 'RetractionOf'),
  },
  {
    rule: 'publication-status',
    when: 'it was retracted',
    build: ({ publications }) => link(publications, 'RetractionIn'),
    finds: [['inconsistent', 'error', 'pmid-8468720.', /was retracted: J Tea 2001, PMID 123/]],
  },
  {
    rule: 'publication-status',
    when: 'there is an expression of concern',
    build: ({ publications }) => link(publications, 'ExpressionOfConcernIn'),
    finds: [['inconsistent', 'warning', 'pmid-8468720.', /expression of concern/]],
  },
  {
    rule: 'publication-status',
    when: 'there is an erratum',
    build: ({ publications }) => link(publications, 'ErratumIn'),
    finds: [['remark', 'note', 'pmid-8468720.', /erratum/]],
  },
  {
    rule: 'publication-status',
    when: 'it is indexed as retracted',
    build: ({ publications }) =>
      void publications[0]?.publicationType.push({
        publicationId: 'pmid-8468720',
        position: 9,
        name: 'Retracted Publication',
        ui: 'D016441',
      }),
    finds: [['inconsistent', 'error', 'pmid-8468720.', /was retracted/]],
  },
]

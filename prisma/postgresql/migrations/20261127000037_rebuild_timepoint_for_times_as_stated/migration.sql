-- A time frame that isn't surely one time is kept as it is stated.
ALTER TYPE "timepoint_kind" ADD VALUE 'as_stated';

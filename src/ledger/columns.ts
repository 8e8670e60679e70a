import type { ColumnType } from 'kysely'

/** A moment to the millisecond; written as ISO 8601, read as the driver gives it. */
export type Moment = ColumnType<Date, string, string>

/** A moment that the database sets. */
export type Waited = ColumnType<Date, never, never>

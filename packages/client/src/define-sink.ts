import type { LogLevel } from '@nexomatic/contracts/sink-protocol';

type Fields = Record<string, unknown>;
type Write = (message: string, fields?: Fields) => void;

/** The event that is being worked on, and the ways to say something about it: the same names as in Python. */
export interface SinkContext {
  readonly eventId: string;
  readonly eventType: string;
  /** What the event's action names. */
  readonly module: string;
  /** 1 for the first try of this event. */
  readonly attempt: number;
  readonly rootId: string;
  readonly traceId: string;
  readonly contentType: string;
  /** Parsed when first asked for. */
  readonly payload: unknown;
  /** The exact bytes that were sent. */
  readonly payloadBytes: Uint8Array;
  readonly params: Record<string, unknown>;
  /** Aborted when the work has to stop. */
  readonly signal: AbortSignal;
  /** True once the work should stop. */
  readonly cancelled: boolean;
  /** Structured records. */
  readonly log: Record<Exclude<LogLevel, 'warn'> | 'warning', Write>;
  /** The event ends as WARNING instead of SUCCESS; the first text is shown beside it. */
  warn: Write;
  /** How far the work is, from 0 to 1. */
  progress(fraction: number, text?: string): void;
  /** The value of a secret that the event type or action names. */
  secret(key: string): string;
}

/** Return = result (null when nothing is returned), throw = ERROR. */
export type SinkFunction = (ctx: SinkContext) => unknown;

/** A sink written in TypeScript: which type it is of, and what it does with an event. */
export interface SinkDefinition {
  readonly type: string;
  readonly run: SinkFunction;
}

/**
 * Defines a sink of a CUSTOM type. Export it by the name `sink` or as the default, and have an agent run the file:
 * `NEXOMATIC_SINK_FILE=./orders.ts nexomatic-sink run`. Its events are worked on inside the agent's own process.
 */
export function defineSink({ type, run }: SinkDefinition): SinkDefinition {
  if (typeof type !== 'string' || type === '') throw new TypeError('defineSink: `type` must name a sink type');
  if (typeof run !== 'function') throw new TypeError('defineSink: `run` must be a function');
  return Object.freeze({ type, run });
}

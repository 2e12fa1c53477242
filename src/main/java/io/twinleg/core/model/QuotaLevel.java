package io.twinleg.core.model;

/** How few actions the venue's quota leaves (specification 2.5), in rising order. */
public enum QuotaLevel {
  NONE,
  /** Quotes are followed half as often. */
  SLOW,
  /** Nothing rests: no quote has to be followed. */
  IOC_ONLY,
  /** Only the reserve is left: it is for what reduces risk. */
  NO_ENTRIES,
  /** Nothing is left: what the venue still takes is for unwinding. */
  UNWIND_ONLY
}

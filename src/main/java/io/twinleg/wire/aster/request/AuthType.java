package io.twinleg.wire.aster.request;

/** What a resource asks of who calls it. */
public enum AuthType {
  /** Anybody. */
  PUBLIC,
  /** Listen keys: V1 wants the key's header alone, V3 a signature. */
  STREAM,
  /** Trading and reading the account. */
  SIGNED
}

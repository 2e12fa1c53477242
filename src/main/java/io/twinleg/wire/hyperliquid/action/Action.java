package io.twinleg.wire.hyperliquid.action;

import tools.jackson.databind.node.ObjectNode;

/** What an account asks of the venue. */
public sealed interface Action permits L1Action, UserSigned {
  /** The venue's name for it. */
  String type();

  /**
   * In canonical form: what is sent, and for {@link L1Action} what is hashed. A new tree a call.
   */
  ObjectNode json();
}

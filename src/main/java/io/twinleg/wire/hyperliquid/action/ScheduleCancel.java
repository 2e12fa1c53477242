package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.StrictJson;

import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** {@code scheduleCancel}: every open order, at that time; without a time, never. */
public record ScheduleCancel(OptionalLong time) implements L1Action {
  static ScheduleCancel read(StrictJson fields) {
    return new ScheduleCancel(fields.optionalNumber("time"));
  }

  @Override
  public String type() {
    return "scheduleCancel";
  }

  @Override
  public ObjectNode json() {
    ObjectNode action = L1Action.typed(type());
    time.ifPresent(at -> action.put("time", at));
    return action;
  }
}

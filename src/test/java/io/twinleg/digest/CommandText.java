package io.twinleg.digest;

import io.twinleg.core.event.Command;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.PositionAdjustment;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import java.time.Instant;

/**
 * One command as one line of text. Every word is written out here, so that no class, component or
 * constant can be renamed into another digest. Client order ids are left out.
 */
public final class CommandText {
  private CommandText() {}

  /**
   * @param at the received time of the event that caused the command
   */
  public static String line(Instant at, Command command) {
    return at.getEpochSecond() + "." + "%09d".formatted(at.getNano()) + " " + text(command);
  }

  private static String text(Command command) {
    return switch (command) {
      case Command.PlaceOrder it ->
          String.join(
              " ",
              "PlaceOrder",
              instrument(it.instrument()),
              side(it.side()),
              it.quantity().plain().toPlainString(),
              it.price().plain().toPlainString(),
              timeInForce(it.timeInForce()),
              it.reduceOnly() ? "reduce-only" : "any",
              purpose(it.purpose()));
      case Command.CancelOrder it -> "CancelOrder " + instrument(it.instrument());
      case Command.SetLeverage it ->
          "SetLeverage "
              + instrument(it.instrument())
              + " "
              + it.leverage()
              + (it.cross() ? " cross" : " isolated");
      case Command.TransferCollateral it ->
          "MoveCollateral " + it.amount().plain().toPlainString() + " from " + leg(it.from());
      case Command.ConfirmTransfer it -> "SettleCollateral";
      case Command.QueryOrder it -> "QueryOrder " + instrument(it.instrument());
      case Command.InvalidateNonce it -> "BurnNonce";
      case Command.QueryAccount it -> "QueryAccount";
      case Command.AtVenue it -> it.venue() + " " + text(it.inner());
      case Command.AdjustPosition it -> "CorrectBooks " + correction(it.correction());
      case Command.Shutdown it -> "EndRun " + it.exitCode();
    };
  }

  private static String correction(PositionAdjustment correction) {
    return String.join(
        " ",
        correction.market().name(),
        correction.reason(),
        correction.shortPerp().plain().toPlainString(),
        correction.foreignPerp().plain().toPlainString(),
        correction.ownedSpot().plain().toPlainString(),
        correction.perpPrice().plain().toPlainString(),
        correction.spotPrice().plain().toPlainString());
  }

  private static String instrument(InstrumentId instrument) {
    return instrument.market().name() + "/" + leg(instrument.leg());
  }

  private static String leg(Leg leg) {
    return switch (leg) {
      case SPOT -> "spot";
      case PERP -> "perp";
    };
  }

  private static String side(Side side) {
    return switch (side) {
      case BUY -> "buy";
      case SELL -> "sell";
    };
  }

  private static String timeInForce(TimeInForce timeInForce) {
    return switch (timeInForce) {
      case GTC -> "gtc";
      case IOC -> "ioc";
      case ALO -> "alo";
    };
  }

  private static String purpose(OrderPurpose purpose) {
    return switch (purpose) {
      case ENTRY -> "entry";
      case HEDGE -> "hedge";
      case REPAIR -> "repair";
      case UNWIND -> "unwind";
      case EXIT -> "exit";
    };
  }
}

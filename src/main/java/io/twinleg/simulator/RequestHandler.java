package io.twinleg.simulator;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import java.util.List;
import java.util.Optional;

/** One request after the other, each to who answers it. */
final class RequestHandler {
  private static final String MORE_COLLATERAL =
      "Cross position does not have sufficient margin available to decrease leverage. To decrease"
          + " leverage, deposit more collateral.";
  private static final String MORE_MARGIN =
      "Isolated position does not have sufficient margin available to decrease leverage. To"
          + " decrease leverage, add margin to the position.";

  private final Listings listings;
  private final OrderHandler desk;
  private final Margin margin;
  private final AccountSnapshots statements;
  private final WalletTransfers transfers;
  private final NetworkModel wire;

  RequestHandler(
      Listings listings,
      OrderHandler desk,
      Margin margin,
      AccountSnapshots statements,
      WalletTransfers transfers,
      NetworkModel wire) {
    this.listings = listings;
    this.desk = desk;
    this.margin = margin;
    this.statements = statements;
    this.transfers = transfers;
    this.wire = wire;
  }

  void executeAll(Account account, List<Request> requests) {
    for (Request request : requests) {
      execute(account, request).forEach(answer -> wire.answer(account, request, answer));
    }
  }

  List<ExecutionReport> execute(Account account, Request request) {
    return switch (request) {
      case Request.Place place -> desk.place(account, place);
      case Request.Cancel cancel -> desk.cancel(account, cancel);
      case Request.SetLeverage leverage -> List.of(setLeverage(account, leverage));
      case Request.QueryOrder query -> desk.query(account, query.order());
      case Request.BurnNonce burn -> desk.burn(account, burn.order());
      case Request.MoveCollateral move -> transfers.move(account, move);
      case Request.SettleCollateral settle -> transfers.settle(account, settle);
      case Request.QueryAccount query ->
          List.of(new ExecutionReport.AccountTold(statements.state(account)));
    };
  }

  private ExecutionReport setLeverage(Account account, Request.SetLeverage request) {
    Optional<String> objection =
        wire.verdict(account.id(), request)
            .map(Rejection::text)
            .or(() -> objection(account, request));
    return new ExecutionReport.LeverageAnswered(
        request.instrument(),
        request.leverage(),
        request.cross(),
        objection.isEmpty(),
        objection.orElse("ok"));
  }

  /** Sets the leverage unless something speaks against it. */
  private Optional<String> objection(Account account, Request.SetLeverage request) {
    Optional<Instrument> perp =
        listings
            .find(request.instrument())
            .map(ListedInstrument::instrument)
            .filter(instrument -> instrument.leg() == Leg.PERP);
    if (perp.isEmpty()) {
      return Optional.of("Unknown asset.");
    }
    if (request.leverage() < 1 || request.leverage() > perp.get().maxLeverage()) {
      return Optional.of("Invalid leverage value");
    }
    if (request.cross() && perp.get().onlyIsolated()) {
      return Optional.of("Cross margin is not allowed for this asset.");
    }
    return setIfCarried(account, account.position(perp.get()), request);
  }

  private Optional<String> setIfCarried(
      Account account, Position position, Request.SetLeverage request) {
    int before = position.leverage();
    boolean cross = position.isCross();
    if (request.cross() != cross && !position.isFlat()) {
      return Optional.of("Cannot switch leverage type with open position.");
    }
    position.setLeverage(request.leverage(), request.cross());
    boolean asksMore = request.leverage() < before;
    if (asksMore && margin.initial(account).exceeds(margin.equity(account))) {
      position.setLeverage(before, cross);
      return Optional.of(cross ? MORE_COLLATERAL : MORE_MARGIN);
    }
    return Optional.empty();
  }
}

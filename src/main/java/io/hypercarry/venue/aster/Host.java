package io.hypercarry.venue.aster;

import io.hypercarry.protocol.aster.Answer;
import io.hypercarry.protocol.aster.Call;
import io.hypercarry.venue.link.HttpLink;
import io.hypercarry.venue.link.WeightBudget;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * One of Aster's two hosts, with a budget of its own. Keeps still for as long as the host says, and
 * before it has to say so.
 */
final class Host implements AutoCloseable {
  private static final int TOO_MANY = 429;
  private static final int BANNED = 418;
  private static final Duration USUAL_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration BAN = Duration.ofMinutes(2);

  private final HttpLink link;
  private final WeightBudget budget;
  private volatile long quietUntilNanos = System.nanoTime();

  Host(String url, WeightBudget budget) {
    link = new HttpLink(url);
    this.budget = budget;
  }

  String url() {
    return link.site();
  }

  Answer ask(Call call, HttpRequest request) {
    if (System.nanoTime() - quietUntilNanos < 0) {
      return new Answer.Throttled(false, "keeping still, as Aster has asked for");
    }
    if (!pays(call)) {
      return new Answer.Throttled(
          false, "what is left of this minute's requests is kept for orders");
    }
    return read(link.ask(request));
  }

  private boolean pays(Call call) {
    if (Weights.isForSafety(call)) {
      budget.takeForSafety(call.weight());
      return true;
    }
    return budget.take(call.weight());
  }

  private Answer read(io.hypercarry.venue.link.Answer answer) {
    return switch (answer) {
      case io.hypercarry.venue.link.Answer.Ok ok -> Answer.of(ok.body());
      case io.hypercarry.venue.link.Answer.HttpError error -> {
        keepStill(error);
        yield Answer.of(error.status(), error.text());
      }
      case io.hypercarry.venue.link.Answer.Unreadable unreadable ->
          new Answer.Unknown(unreadable.inWords());
      case io.hypercarry.venue.link.Answer.NoAnswer none ->
          new Answer.Unknown("no answer from Aster: " + none.why());
    };
  }

  private void keepStill(io.hypercarry.venue.link.Answer.HttpError error) {
    if (error.status() == TOO_MANY || error.status() == BANNED) {
      budget.exhausted();
      Duration usual = error.status() == BANNED ? BAN : USUAL_BACK_OFF;
      quietUntilNanos = System.nanoTime() + error.retryAfter().orElse(usual).toNanos();
    }
  }

  @Override
  public void close() {
    link.close();
  }
}

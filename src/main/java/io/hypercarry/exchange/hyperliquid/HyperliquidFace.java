package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.server.PacedExchange;
import io.hypercarry.exchange.server.WireFaults;
import io.hypercarry.protocol.Hex;
import io.javalin.Javalin;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Our exchange as Hyperliquid, over HTTP on this machine alone. Accounts are addresses; whoever has
 * the key of one, or of an agent of it, trades.
 */
public final class HyperliquidFace implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final PacedExchange paced;
  private final Floor floor;
  private final Javalin web;

  public HyperliquidFace(PacedExchange paced, WireFaults faults) {
    this.paced = paced;
    floor = paced.call(Floor::new);
    Weights weights = new Weights(System::nanoTime);
    ActionDesk actions = new ActionDesk(floor, InstantSource.system());
    Counter counter = new Counter(faults);
    ActionDoor door = new ActionDoor(paced, weights, actions);
    web =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.routes.post("/exchange", request -> counter.serve(request, door::handle));
        });
  }

  /** Opens the port and returns it; 0 takes a free one. */
  public int start(int port) {
    web.start(LOOPBACK, port);
    return web.port();
  }

  /** Opens an account of this address. Returns what is wrong, if anything is. */
  public Optional<String> fund(String address, Usd spot, Usd perp) {
    return paced.call(exchange -> {
      if (!Hex.isAddress(address)) {
        return Optional.of(address + " is no address: expected 0x and 40 hexadecimal digits");
      }
      if (floor.members().actsFor(address).isPresent()) {
        return Optional.of(address + " has an account, or is an agent, already");
      }
      floor.open(address, spot, perp);
      return Optional.empty();
    });
  }

  /** Lets an agent sign for an account that there is. Returns what is wrong, if anything is. */
  public Optional<String> approve(String account, String agent) {
    return paced.call(exchange -> {
      Optional<AccountId> master = floor.members().find(account);
      if (master.isEmpty()) {
        return Optional.of(account + " has no account here");
      }
      if (!Hex.isAddress(agent) || floor.members().actsFor(agent).isPresent()) {
        return Optional.of(agent + " cannot become an agent: it is no address, or is in use");
      }
      floor
          .members()
          .approve(new Members.Agent(Members.lower(agent), "", master.get(), Optional.empty()));
      return Optional.empty();
    });
  }

  @Override
  public void close() {
    web.stop();
  }
}

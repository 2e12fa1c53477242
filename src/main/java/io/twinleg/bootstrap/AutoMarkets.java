package io.twinleg.bootstrap;

import io.twinleg.config.Config;
import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId;
import io.twinleg.files.OwnerOnly;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.venue.MarketScreen;
import io.twinleg.venue.MarketScreen.Verdict;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.hyperliquid.market.HedgeableMarkets;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of markets that a run makes of {@code "markets": "auto"}. It is made once, and kept in a
 * file beside the journal: what a run holds is looked after by the next one, whatever the venue
 * lists then.
 *
 * @param setting of the command line, that puts the list in place of the word
 * @param notes for the operator: where the list is from, and what was left out of it
 */
public record AutoMarkets(String setting, List<String> notes) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public AutoMarkets {
    notes = List.copyOf(notes);
  }

  /** The file that a journal's list is kept in; none for a journal in memory. */
  static Optional<Path> file(RunOptions options) {
    return options.isInMemory()
        ? Optional.empty()
        : Optional.of(Path.of(options.stateDb() + ".markets.json"));
  }

  /**
   * @param config the rest of the configuration, with some market in place of the list
   * @throws UsageException where there is no list to be made
   */
  public static AutoMarkets of(Config config, Config.Mode mode, RunOptions options) {
    if (config.settings().portfolio().isEmpty()) {
      throw new UsageException(
          "markets is \"auto\": it needs portfolio.capital_usd, which is spread over the list");
    }
    Optional<Path> file = file(options);
    if (file.filter(Files::exists).isPresent()) {
      return kept(file.get());
    }
    List<String> notes = new ArrayList<>();
    ArrayNode list = JSON.createArrayNode();
    for (Verdict verdict : verdicts(config, mode)) {
      switch (verdict) {
        case Verdict.Taken taken -> list.add(entry(taken.market()));
        case Verdict.Refused refused ->
            notes.add("markets auto leaves out %s: %s".formatted(refused.perp(), refused.reason()));
      }
    }
    if (list.isEmpty()) {
      throw new UsageException(
          "markets is \"auto\", and no market passes: " + String.join("; ", notes));
    }
    file.ifPresent(path -> keep(path, list.toString()));
    notes.addFirst(
        "markets auto takes %d: %s%s"
            .formatted(
                list.size(),
                names(list),
                file.map(path -> ", kept in " + path + " until it is deleted").orElse("")));
    return new AutoMarkets("markets=" + list, notes);
  }

  private static String names(ArrayNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(each -> names.add(each.path("base").asString("")));
    return String.join(", ", names);
  }

  private static ObjectNode entry(MarketSymbols market) {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("base", market.market().name());
    entry.put("spot", market.spot()).put("perp", market.perp());
    market.spotIndex().ifPresent(index -> entry.put("spot_index", index));
    market.tokenId().ifPresent(id -> entry.put("token_id", id));
    return entry.put("unit_multiplier", market.unitMultiplier());
  }

  private static List<Verdict> verdicts(Config config, Config.Mode mode) {
    MarketSettings any = config.settings().markets().getFirst();
    MarketScreen screen =
        new MarketScreen(
            any.strategy().targetUsdNotional(),
            config.volumeShare(),
            config.openInterestShare(),
            config.settings().risk().maxUnitGap(),
            any.execution().perpLeverage());
    if (mode == Config.Mode.DRY_RUN) {
      return ofOurExchange(screen);
    }
    if (!config.venue().equals("hyperliquid")) {
      throw new UsageException(
          "markets is \"auto\" and venue is %s: the list is made of hyperliquid only; give the markets one by one"
              .formatted(config.venue()));
    }
    String site = config.credentials().baseUrl().orElseThrow();
    return VenueWait.ofACommand().untilAnswered(() -> HedgeableMarkets.request(site, screen));
  }

  /** All that our own exchange lists; it has neither a day's volume nor an open interest. */
  private static List<Verdict> ofOurExchange(MarketScreen screen) {
    MarketScreen withoutCaps =
        new MarketScreen(
            screen.part(),
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            screen.maxUnitGap(),
            screen.leverage());
    List<Verdict> verdicts = new ArrayList<>();
    for (InstrumentCatalog listed : InstrumentCatalog.values()) {
      MarketId market = new MarketId(listed.name());
      Instrument perp = listed.perp(market);
      BigDecimal lot =
          listed
              .price()
              .value()
              .multiply(perp.lot().value().max(listed.spot(market).lot().value()));
      BigDecimal price = listed.price().value();
      verdicts.add(
          withoutCaps
              .refusal(
                  new MarketScreen.Figures(
                      price,
                      price,
                      lot,
                      BigDecimal.ZERO,
                      BigDecimal.ZERO,
                      perp.maxLeverage(),
                      perp.onlyIsolated()))
              .<Verdict>map(reason -> new Verdict.Refused(listed.name(), reason))
              .orElseGet(() ->
                  new Verdict.Taken(
                      new MarketSymbols(
                          market,
                          listed.spotSymbol(),
                          listed.name(),
                          Optional.empty(),
                          Optional.empty(),
                          BigDecimal.ONE))));
    }
    return verdicts;
  }

  // ---- the file

  private static AutoMarkets kept(Path file) {
    try {
      String list = Files.readString(file).strip();
      return new AutoMarkets(
          "markets=" + list,
          List.of(
              "markets auto is the list in %s, as it was made; delete it for a new one"
                  .formatted(file)));
    } catch (IOException trouble) {
      throw new UsageException(
          "%s holds the markets of this journal and cannot be read (%s): expected a list of markets"
              .formatted(file, trouble.getMessage()));
    }
  }

  /** Whole or not at all. */
  private static void keep(Path file, String list) {
    Path made = file.resolveSibling(file.getFileName() + ".new");
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        OwnerOnly.createDirectories(folder);
      }
      Files.deleteIfExists(made);
      OwnerOnly.createFile(made);
      Files.write(made, (list + "\n").getBytes(StandardCharsets.UTF_8));
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException trouble) {
      throw new UsageException(
          "the list of markets cannot be kept in %s (%s): expected a folder that can be written"
              .formatted(file, trouble.getMessage()));
    }
  }
}

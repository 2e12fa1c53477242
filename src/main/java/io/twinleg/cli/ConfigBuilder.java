package io.twinleg.cli;

import io.twinleg.core.Settings;
import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.core.risk.RiskSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Has the settings records made, and puts a place to what they refuse. */
final class ConfigBuilder {
  private static final String BY_DEFAULT = " by default";

  private final String file;
  private final ConfigValues values;
  private final ConfigErrors faults;
  private final List<String> warnings;
  private final SettingsMapper records;

  ConfigBuilder(String file, ConfigValues values, ConfigErrors faults, List<String> warnings) {
    this.file = file;
    this.values = values;
    this.faults = faults;
    this.warnings = warnings;
    this.records = new SettingsMapper(values);
  }

  Config config(Config.Mode mode) {
    List<Optional<MarketSettings>> markets =
        IntStream.range(0, values.markets()).mapToObj(this::market).toList();
    IntStream.range(0, values.markets()).forEach(this::distinctNames);
    Optional<RiskSettings> risk = attempt(0, records::risk);
    Optional<Settings> settings = settings(markets, risk);
    Optional<FeeSchedule> fees = attempt(0, records::fees);
    Optional<ConfigCredentials> credentials = attempt(0, () -> records.credentials(mode));
    Optional<AsterCredentials> aster = attempt(0, () -> records.aster(mode));
    faults.throwIfAny();
    credentials.ifPresent(found -> warnOfPlaceholder(found, mode));
    return new Config(
        credentials.orElseThrow(),
        aster.orElseThrow(),
        IntStream.range(0, values.markets()).mapToObj(records::names).toList(),
        settings.orElseThrow(),
        fees.orElseThrow(),
        values.millis(0, "risk.max_book_age_ms"),
        values.millis(0, "risk.max_funding_age_ms"),
        records.telemetry(),
        values,
        warnings);
  }

  private Optional<MarketSettings> market(int market) {
    var strategy = attempt(market, () -> records.strategy(market));
    var execution = attempt(market, () -> records.execution(market));
    if (strategy.isEmpty() || execution.isEmpty()) {
      return Optional.empty();
    }
    // Made anew each time: what is refused is replaced by its sample and tried again.
    return attempt(market, () -> records.market(market));
  }

  private Optional<Settings> settings(
      List<Optional<MarketSettings>> markets, Optional<RiskSettings> risk) {
    var alignment = attempt(0, records::alignment);
    var shutdown = attempt(0, records::shutdown);
    boolean complete =
        risk.isPresent()
            && alignment.isPresent()
            && shutdown.isPresent()
            && !markets.isEmpty()
            && markets.stream().allMatch(Optional::isPresent);
    if (!complete) {
      return Optional.empty();
    }
    List<MarketSettings> made = markets.stream().map(Optional::orElseThrow).toList();
    return attempt(
        0,
        () ->
            new Settings(
                made,
                records.risk(),
                alignment.orElseThrow(),
                shutdown.orElseThrow(),
                false,
                Duration.ofSeconds(1)));
  }

  /** Two carries of one coin would trade against each other, each counting the other's fills. */
  private void distinctNames(int market) {
    for (String key : List.of("markets.base", "markets.spot", "markets.perp")) {
      IntStream.range(0, market)
          .filter(earlier -> values.find(earlier, key).equals(values.find(market, key)))
          .mapToObj(earlier -> values.path(earlier, key))
          .filter(path -> !values.isFaulty(path) && !values.isFaulty(values.path(market, key)))
          .findFirst()
          .ifPresent(earlier ->
              refuse(
                  values.path(market, key),
                  '"' + values.text(market, key) + '"',
                  "another than " + earlier + " (" + values.origin(earlier).brief() + ")"));
    }
  }

  /** Makes a record; after a refusal again with the table's sample, to find what else is wrong. */
  private <T> Optional<T> attempt(int market, Supplier<T> made) {
    while (true) {
      try {
        return Optional.of(made.get());
      } catch (InvalidSetting e) {
        if (!wasNew(market, e)) {
          return Optional.empty();
        }
      }
    }
  }

  private boolean wasNew(int market, InvalidSetting refused) {
    if (ConfigKeys.find(refused.key()).isEmpty()) {
      faults.add(file + ": " + refused.getMessage());
      return false;
    }
    String path = values.path(market, refused.key());
    if (values.isFaulty(path)) {
      return false;
    }
    if (!values.mentionsFaulty(refused.expected())) {
      refuse(path, refused.found(), refused.expected());
    }
    values.substitute(path);
    return true;
  }

  private void refuse(String path, String found, String expected) {
    String display = values.display(path);
    String shown = values.isGiven(path) ? found : found + BY_DEFAULT;
    faults.add(values.origin(path).refusal(display, shown, expected));
  }

  private void warnOfPlaceholder(ConfigCredentials credentials, Config.Mode mode) {
    String placeholder = ConfigKeys.key("credentials.account_address").sample();
    if (mode == Config.Mode.LIVE
        && credentials.accountAddress().filter(placeholder::equals).isPresent()) {
      warnings.add(
          values.origin("credentials.account_address").where()
              + ": credentials.account_address is the placeholder of config_example.json:"
              + " put your account's address in its place");
    }
  }
}

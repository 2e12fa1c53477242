package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.QuotedPrice;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * An {@code l2Book} frame, read into arrays that are used again: no object is made for a frame that
 * changes nothing. It knows the frame's usual form only, its keys in any order; of any other text
 * {@link #read} is false, and what that text means is for the reader of trees to find. For one
 * thread.
 */
public final class BookScan {
  private static final int LEVELS_MAX = 200;
  private static final int FRACTION_MAX = 8;
  private static final long[] TENS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  /** Beyond this one digit more might not fit. */
  private static final long NUMBER_MAX = Long.MAX_VALUE / 10 - 1;

  private static final long WHOLE_MAX = Long.MAX_VALUE / TENS[FRACTION_MAX] - 1;

  private static final long NONE = -1;
  private static final long PRICE_MAX = QuotedPrice.HIGHEST * TENS[FRACTION_MAX];

  /** One side, best first; prices and sizes in 10^-8. */
  public static final class Levels {
    private final long[] prices = new long[LEVELS_MAX];
    private final long[] sizes = new long[LEVELS_MAX];
    private int count;

    public int count() {
      return count;
    }

    public long priceE8(int level) {
      return prices[level];
    }

    public long sizeE8(int level) {
      return sizes[level];
    }

    /** Makes this a copy of the other. */
    public void copy(Levels other) {
      System.arraycopy(other.prices, 0, prices, 0, other.count);
      System.arraycopy(other.sizes, 0, sizes, 0, other.count);
      count = other.count;
    }

    /** Without a level that has no size. */
    private boolean add(long price, long size) {
      if (size > 0) {
        if (count == LEVELS_MAX) {
          return false;
        }
        prices[count] = price;
        sizes[count++] = size;
      }
      return true;
    }

    /**
     * Makes this the other's best levels, as far as the size that is wanted reaches: of the last
     * one only what is still wanted.
     */
    public void limit(Levels other, long wantedE8) {
      long left = wantedE8;
      count = 0;
      while (count < other.count && left > 0) {
        long part = Math.min(other.sizes[count], left);
        prices[count] = other.prices[count];
        sizes[count] = part;
        left -= part;
        count++;
      }
    }

    /**
     * @param away 1 where a worse price is a higher one, else -1
     */
    private boolean isBestFirst(int away) {
      for (int level = 1; level < count; level++) {
        if (Long.compare(prices[level], prices[level - 1]) != away) {
          return false;
        }
      }
      return true;
    }

    /** Whether the other has the same levels. */
    public boolean isSame(Levels other) {
      return Arrays.equals(prices, 0, count, other.prices, 0, other.count)
          && Arrays.equals(sizes, 0, count, other.sizes, 0, other.count);
    }
  }

  private final Levels bids = new Levels();
  private final Levels asks = new Levels();
  private String text = "";
  private int at;
  private int coinFrom;
  private int coinTo;
  private long time;

  public Levels bids() {
    return bids;
  }

  public Levels asks() {
    return asks;
  }

  /** By the venue's clock, in ms. */
  public long time() {
    return time;
  }

  /** Whether the frame is of this coin. */
  public boolean isOf(String coin) {
    return coin.length() == coinTo - coinFrom && text.startsWith(coin, coinFrom);
  }

  /** A number in 10^-8 as a decimal. */
  public static BigDecimal decimal(long e8) {
    return BigDecimal.valueOf(e8, FRACTION_MAX);
  }

  /** False where the text is anything but a frame of this channel in its usual form. */
  public boolean read(String frame) {
    text = frame;
    at = 0;
    if (!skip("{\"channel\":\"l2Book\",\"data\":{")) {
      return false;
    }
    int seen = 0;
    do {
      int key = dataKey();
      if (key == 0 || (seen & key) != 0) {
        return false;
      }
      seen |= key;
    } while (skip(','));
    return seen == 7 && skip('}') && skip('}') && at == text.length();
  }

  /** A bit for each key that was read with its value, 0 where it could not be. */
  private int dataKey() {
    if (skip("\"coin\":\"")) {
      return coin() ? 1 : 0;
    }
    if (skip("\"time\":")) {
      time = whole();
      return time == NONE ? 0 : 2;
    }
    boolean read =
        skip("\"levels\":[[") && side(bids) && skip(',') && skip('[') && side(asks) && skip(']');
    return read && bids.isBestFirst(-1) && asks.isBestFirst(1) ? 4 : 0;
  }

  private boolean coin() {
    coinFrom = at;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' || text.charAt(at) < ' ') {
        return false;
      }
      at++;
    }
    coinTo = at;
    return skip('"');
  }

  /** The levels up to the bracket that closes them. */
  private boolean side(Levels side) {
    side.count = 0;
    if (skip(']')) {
      return true;
    }
    do {
      if (!skip('{') || !level(side)) {
        return false;
      }
    } while (skip(','));
    return skip(']');
  }

  private boolean level(Levels side) {
    long price = NONE;
    long size = NONE;
    long orders = NONE;
    do {
      if (skip("\"px\":\"") && price == NONE) {
        price = quoted();
      } else if (skip("\"sz\":\"") && size == NONE) {
        size = quoted();
      } else if (skip("\"n\":") && orders == NONE) {
        orders = whole();
      } else {
        return false;
      }
    } while (skip(','));
    return price > 0
        && price <= PRICE_MAX
        && size >= 0
        && orders >= 0
        && skip('}')
        && side.add(price, size);
  }

  /** A decimal without a sign or an exponent up to the quote that closes it. */
  private long quoted() {
    long whole = whole();
    if (whole == NONE || whole > WHOLE_MAX) {
      return NONE;
    }
    if (skip('"')) {
      return whole * TENS[FRACTION_MAX];
    }
    if (!skip('.')) {
      return NONE;
    }
    int from = at;
    long fraction = digits();
    int length = at - from;
    return fraction == NONE || length > FRACTION_MAX || !skip('"')
        ? NONE
        : whole * TENS[FRACTION_MAX] + fraction * TENS[FRACTION_MAX - length];
  }

  /** As JSON has it: no zero before another digit. */
  private long whole() {
    boolean zero = at + 1 < text.length() && text.charAt(at) == '0';
    if (zero && text.charAt(at + 1) >= '0' && text.charAt(at + 1) <= '9') {
      return NONE;
    }
    return digits();
  }

  private long digits() {
    int from = at;
    long number = 0;
    while (at < text.length()) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (number > NUMBER_MAX) {
        return NONE;
      }
      number = number * 10 + digit;
      at++;
    }
    return at == from ? NONE : number;
  }

  private boolean skip(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private boolean skip(String expected) {
    if (text.startsWith(expected, at)) {
      at += expected.length();
      return true;
    }
    return false;
  }
}

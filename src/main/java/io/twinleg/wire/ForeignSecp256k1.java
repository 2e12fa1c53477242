package io.twinleg.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The one call of libsecp256k1 that its JNI binding leaves out: a signature with its recovery id,
 * so that no signer has to be recovered to find it. It is the same library, already loaded by
 * {@link NativeSecp256k1}, called by the foreign-function interface of Java 22. Older Java compiles
 * this class, so the interface is reached by its names; there {@link #load} is empty.
 */
final class ForeignSecp256k1 {
  private static final int FOREIGN_SINCE = 22;

  /** SECP256K1_CONTEXT_NONE. */
  private static final int CONTEXT = 1;

  private static final int DIGEST = 0;
  private static final int SECRET = 32;
  private static final int OPAQUE = 64;
  private static final int COMPACT = 136;
  private static final int RECOVERY_ID = 200;
  private static final int SIZE = 204;

  private final MethodHandle sign;
  private final MethodHandle serialize;
  private final long context;
  private final long address;

  /** What C reads and writes, one signature at a time; the secret is wiped after each. */
  private final ByteBuffer memory;

  private ForeignSecp256k1(Foreign foreign) throws Throwable {
    sign = foreign.function("secp256k1_ecdsa_sign_recoverable", int.class, 6);
    serialize =
        foreign.function("secp256k1_ecdsa_recoverable_signature_serialize_compact", int.class, 4);
    memory = ByteBuffer.allocateDirect(SIZE).order(java.nio.ByteOrder.nativeOrder());
    address = foreign.address(memory);
    context =
        (long)
            foreign.function("secp256k1_context_create", long.class, 1).invokeExact(CONTEXT + 0L);
    // Blinds the arithmetic: what can be measured from outside no longer depends on the key alone.
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    memory.put(SECRET, seed);
    int randomized =
        (int)
            foreign
                .function("secp256k1_context_randomize", int.class, 2)
                .invokeExact(context, address + SECRET);
    wipe();
    if (context == 0 || randomized != 1) {
      throw new IllegalStateException("libsecp256k1 made no context");
    }
  }

  /** Empty where this Java has no such interface, or the library does not show the function. */
  static Optional<ForeignSecp256k1> load() {
    if (Runtime.version().feature() < FOREIGN_SINCE) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ForeignSecp256k1(new Foreign()));
    } catch (Throwable unavailable) {
      // The binding's own call does the same, and the signer is recovered after it.
      return Optional.empty();
    }
  }

  /** r, s and the recovery id. */
  synchronized byte[] sign(byte[] digest, byte[] secret) {
    memory.put(DIGEST, digest).put(SECRET, secret);
    try {
      int signed =
          (int)
              sign.invokeExact(
                  context, address + OPAQUE, address + DIGEST, address + SECRET, 0L, 0L);
      int written =
          (int)
              serialize.invokeExact(
                  context, address + COMPACT, address + RECOVERY_ID, address + OPAQUE);
      if (signed != 1 || written != 1) {
        throw new IllegalStateException("libsecp256k1 did not sign");
      }
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      wipe();
    }
    byte[] signature = new byte[65];
    memory.get(COMPACT, signature, 0, 64);
    signature[64] = (byte) memory.getInt(RECOVERY_ID);
    return signature;
  }

  private void wipe() {
    for (int i = SECRET; i < SECRET + 32; i += 8) {
      memory.putLong(i, 0);
    }
  }

  /** {@code java.lang.foreign} by its names. Pointers are passed as whole numbers of 64 bits. */
  private static final class Foreign {
    private final MethodHandles.Lookup lookup = MethodHandles.lookup();
    private final Class<?> segment = type("MemorySegment");
    private final Class<?> layout = type("MemoryLayout");
    private final Class<?> descriptor = type("FunctionDescriptor");
    private final Class<?> linker = type("Linker");
    private final Object library;

    Foreign() throws Throwable {
      // The lookup is of the class loader that calls: by a handle of ours, ours.
      library =
          lookup
              .findStatic(
                  type("SymbolLookup"), "loaderLookup", MethodType.methodType(type("SymbolLookup")))
              .invoke();
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
      return Class.forName("java.lang.foreign." + name);
    }

    long address(ByteBuffer buffer) throws ReflectiveOperationException {
      Object whole = segment.getMethod("ofBuffer", java.nio.Buffer.class).invoke(null, buffer);
      return (Long) segment.getMethod("address").invoke(whole);
    }

    /** A function of C whose parameters are all pointers, or numbers as wide. */
    MethodHandle function(String name, Class<?> result, int parameters) throws Throwable {
      Object symbol =
          ((Optional<?>) type("SymbolLookup").getMethod("find", String.class).invoke(library, name))
              .orElseThrow();
      Object layouts = Array.newInstance(layout, parameters);
      for (int i = 0; i < parameters; i++) {
        Array.set(layouts, i, layoutOf(long.class));
      }
      Object shape =
          descriptor
              .getMethod("of", layout, layouts.getClass())
              .invoke(null, layoutOf(result), layouts);
      Object options = Array.newInstance(type("Linker$Option"), 0);
      Method downcall = linker.getMethod("downcallHandle", segment, descriptor, options.getClass());
      Object ours =
          lookup.findStatic(linker, "nativeLinker", MethodType.methodType(linker)).invoke();
      return (MethodHandle)
          lookup.unreflect(downcall).asFixedArity().invoke(ours, symbol, shape, options);
    }

    private static Object layoutOf(Class<?> type) throws ReflectiveOperationException {
      return type("ValueLayout").getField(type == long.class ? "JAVA_LONG" : "JAVA_INT").get(null);
    }
  }
}

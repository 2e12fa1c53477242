package io.twinleg.cli;

import io.twinleg.bootstrap.TerminalSize;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * SIGINT and SIGTERM as calls: a shutdown hook is run for the first only, and the second means
 * something else. The JVM's class for it is supported but outside the language's modules, hence the
 * reflection. Where it is missing the signals end the program at once, which a run survives.
 */
final class SignalHandler {
  private SignalHandler() {}

  static void handle(Consumer<String> listener) {
    handle(List.of("INT", "TERM"), listener);
    // The terminal was given another size.
    handle(List.of("WINCH"), name -> TerminalSize.refresh());
  }

  private static void handle(List<String> names, Consumer<String> listener) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler invocation =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              listener.accept(String.valueOf(arguments[0]));
            }
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invocation);
      for (String name : names) {
        Object one = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, one, proxy);
      }
    } catch (ReflectiveOperationException noSignals) {
      System.err.println("signals cannot be caught on this JVM: " + noSignals.getMessage());
    }
  }
}

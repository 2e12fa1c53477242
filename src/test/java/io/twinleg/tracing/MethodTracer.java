package io.twinleg.tracing;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import io.twinleg.venue.ForwardingVenue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which methods of the program run between the marks of a run in a JVM of its own, seen by a
 * debugger's breakpoints: one at the start of each method, cleared by the first hit and set again
 * at the next mark, so that a run costs so many stops as it has methods, not calls.
 *
 * <p>Counted are the methods of the classes in the main class folder that have code: also private
 * ones, constructors, record accessors and bodies of lambdas. Not counted are class initialisers,
 * bridges, and everything of tests and libraries.
 */
final class MethodTracer {
  /** The root of our packages, which this class is one below of. */
  private static final String ROOT = parent(MethodTracer.class.getPackageName());

  private static final long SILENCE_MAX_MS = 60_000;
  private static final long EXIT_MAX_S = 30;

  /** A method of the program. */
  record Ran(String file, String method) {}

  private final Path mainClasses;
  private final Map<CallPath.Kind, CallPath> done = new EnumMap<>(CallPath.Kind.class);
  private final Map<Method, BreakpointRequest> breakpoints = new HashMap<>();
  private final List<BreakpointRequest> clearedByPath = new ArrayList<>();
  private final List<BreakpointRequest> clearedBeside = new ArrayList<>();
  private final Set<Ran> ran = new LinkedHashSet<>();
  private Optional<CallPath.Kind> path = Optional.empty();
  private boolean counting;
  private boolean armed;

  /**
   * @param mainClasses the folder of the classes that count
   */
  MethodTracer(Path mainClasses) {
    this.mainClasses = mainClasses;
  }

  private static String parent(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /**
   * Runs the main class in a JVM like this one, to its end.
   *
   * @throws AssertionError when it ends otherwise than with exit code 0
   */
  Map<CallPath.Kind, CallPath> trace(Class<?> main, Path folder)
      throws IOException, InterruptedException {
    ListeningConnector connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(each -> each.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("localAddress").setValue("127.0.0.1");
    arguments.get("timeout").setValue(Long.toString(SILENCE_MAX_MS));
    Path output = folder.resolve("output.txt");
    try {
      String address = connector.startListening(arguments);
      Process process = start(main, folder, address, output);
      try {
        follow(connector.accept(arguments));
        boolean ended = process.waitFor(EXIT_MAX_S, TimeUnit.SECONDS);
        if (!ended || process.exitValue() != 0) {
          throw new AssertionError("the traced run failed: " + Files.readString(output));
        }
      } finally {
        process.destroyForcibly();
        connector.stopListening(arguments);
      }
    } catch (IllegalConnectorArgumentsException e) {
      throw new AssertionError(e);
    }
    return done;
  }

  private static Process start(Class<?> main, Path folder, String address, Path output)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address,
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private void follow(VirtualMachine vm) throws InterruptedException {
    ClassPrepareRequest marker = vm.eventRequestManager().createClassPrepareRequest();
    marker.addClassFilter(Marker.class.getName());
    marker.enable();
    try {
      while (true) {
        EventSet events = vm.eventQueue().remove(SILENCE_MAX_MS);
        if (events == null) {
          throw new AssertionError("the traced run does not end");
        }
        for (Event event : events) {
          if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
            return;
          }
          take(vm, event);
        }
        events.resume();
      }
    } catch (VMDisconnectedException ended) {
      // its exit code says how
    }
  }

  private void take(VirtualMachine vm, Event event) {
    if (event instanceof ClassPrepareEvent prepared) {
      if (isMarker(prepared.referenceType())) {
        prepared.referenceType().methods().stream()
            .filter(Method::isStatic)
            .forEach(method -> set(vm, method));
      } else {
        arm(vm, prepared.referenceType());
      }
    } else if (event instanceof BreakpointEvent hit) {
      Method method = hit.location().method();
      if (isMarker(method.declaringType())) {
        mark(vm, method.name(), hit);
      } else {
        ran(method);
      }
    }
  }

  private static boolean isMarker(ReferenceType type) {
    return type.name().equals(Marker.class.getName());
  }

  private void mark(VirtualMachine vm, String mark, BreakpointEvent hit) {
    switch (mark) {
      case "begin" -> {
        armAll(vm);
        path = Optional.of(kind(hit));
        ran.clear();
        enable(clearedByPath);
        enable(clearedBeside);
        counting = true;
      }
      case "resume" -> {
        enable(clearedBeside);
        counting = true;
      }
      case "pause" -> counting = false;
      case "end" -> {
        counting = false;
        done.put(path.orElseThrow(), CallPath.of(ran));
        path = Optional.empty();
      }
      default -> throw new AssertionError(mark + " is no mark");
    }
  }

  private static CallPath.Kind kind(BreakpointEvent hit) {
    try {
      Value name = hit.thread().frame(0).getArgumentValues().get(0);
      return CallPath.Kind.valueOf(((StringReference) name).value());
    } catch (IncompatibleThreadStateException e) {
      throw new AssertionError(e);
    }
  }

  private static void enable(List<BreakpointRequest> cleared) {
    cleared.forEach(BreakpointRequest::enable);
    cleared.clear();
  }

  private void ran(Method method) {
    BreakpointRequest breakpoint = breakpoints.get(method);
    breakpoint.disable();
    if (!counting) {
      clearedBeside.add(breakpoint);
    } else {
      clearedByPath.add(breakpoint);
      ran.add(
          new Ran(
              file(method.declaringType()),
              method.declaringType().name() + "." + method.name() + method.signature()));
    }
  }

  private static String file(ReferenceType type) {
    try {
      return parent(type.name()).replace('.', '/') + "/" + type.sourceName();
    } catch (AbsentInformationException e) {
      throw new AssertionError(type + " was compiled without its source's name", e);
    }
  }

  private void armAll(VirtualMachine vm) {
    if (!armed) {
      armed = true;
      ClassPrepareRequest later = vm.eventRequestManager().createClassPrepareRequest();
      later.addClassFilter(ROOT + ".*");
      later.enable();
      vm.allClasses().stream().filter(ReferenceType::isPrepared).forEach(type -> arm(vm, type));
    }
  }

  private void arm(VirtualMachine vm, ReferenceType type) {
    if (isOurs(type)) {
      type.methods().stream()
          .filter(method -> !method.isAbstract() && !method.isNative())
          .filter(method -> !method.isStaticInitializer() && !method.isBridge())
          .forEach(method -> breakpoints.put(method, set(vm, method)));
    }
  }

  /** The base of {@link MarkedVenue} is of the program, but not on its path. */
  private boolean isOurs(ReferenceType type) {
    return type.name().startsWith(ROOT + ".")
        && !type.name().equals(ForwardingVenue.class.getName())
        && Files.exists(mainClasses.resolve(type.name().replace('.', '/') + ".class"));
  }

  private static BreakpointRequest set(VirtualMachine vm, Method method) {
    BreakpointRequest request = vm.eventRequestManager().createBreakpointRequest(method.location());
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.enable();
    return request;
  }
}

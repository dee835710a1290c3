package org.qsmnode.camel;

import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.qsmnode.store.Spool;
import org.qsmnode.store.SpoolLimits;

/** A consumer {@code NODE} on a free loopback port, and threads for SCUs of its tests. */
public final class TestNode implements AutoCloseable {

  public final ExecutorService executor = Executors.newCachedThreadPool();
  public final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  final Collection<String> received = new ConcurrentSkipListSet<>();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private int port;

  /** Sets an option to an object before the start. */
  public TestNode with(String option, Object value) {
    camel.getRegistry().bind(option, value);
    return this;
  }

  public TestNode start(Path folder) throws Exception {
    StringBuilder uri = new StringBuilder("dicom:NODE@127.0.0.1:0?spool=#spool");
    for (String option : new String[] {"services", "security", "openAssociations"}) {
      if (camel.getRegistry().lookupByName(option) != null) {
        uri.append('&').append(option).append("=#").append(option);
      }
    }
    camel.getRegistry().bind("spool", Spool.open(folder, "test", new SpoolLimits(1L << 24, 0)));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri.toString())
                .routeId("in")
                .process(
                    e ->
                        received.add(
                            e.getIn().getHeader(DicomConstants.SOP_INSTANCE_UID, String.class)));
          }
        });
    camel.start();
    port = ((DicomConsumer) camel.getRoute("in").getConsumer()).port();
    return this;
  }

  public int port() {
    return port;
  }

  /** Options of an SCU that calls this node. */
  public DicomConfiguration options() {
    return options("NODE", port());
  }

  static DicomConfiguration options(String aeTitle, int port) {
    DicomConfiguration options = new DicomConfiguration();
    options.setAddress(aeTitle + "@127.0.0.1:" + port);
    options.setCallingAeTitle("TESTSCU");
    options.setResponseTimeout(10_000);
    options.setRetrieveTimeout(10_000);
    return options;
  }

  @Override
  public void close() throws Exception {
    camel.close();
    executor.shutdownNow();
    timers.shutdownNow();
  }
}

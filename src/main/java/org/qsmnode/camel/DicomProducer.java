package org.qsmnode.camel;

import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;
import org.qsmnode.store.Failpoint;

/**
 * Storage or verification SCU. For {@code store} the body is a {@link Path} or a list of them, and
 * becomes a {@link StoreReport}; an association that fails throws {@link DicomSendException}.
 */
public final class DicomProducer extends DefaultProducer {

  private final DicomEndpoint endpoint;
  private @Nullable DicomScu scu;

  DicomProducer(DicomEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    var threads = endpoint.getCamelContext().getExecutorServiceManager();
    scu =
        new DicomScu(
            endpoint.getConfiguration(),
            threads.newCachedThreadPool(this, "DicomSender"),
            threads.newSingleThreadScheduledExecutor(this, "DicomSenderTimer"));
  }

  @Override
  protected void doStop() throws Exception {
    DicomScu stopping = scu;
    scu = null;
    if (stopping != null) {
      var threads = endpoint.getCamelContext().getExecutorServiceManager();
      threads.shutdownGraceful(stopping.executor());
      threads.shutdownNow(stopping.timers());
    }
    super.doStop();
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    DicomScu running = scu;
    if (running == null) {
      throw new IllegalStateException("the producer is not started");
    }
    switch (endpoint.getConfiguration().getService()) {
      case "echo" -> running.echo();
      case "store" ->
          exchange
              .getMessage()
              .setBody(
                  running.store(
                      files(exchange.getIn().getBody()), n -> Failpoint.SEND_FILE.reach()));
      default -> throw new IllegalArgumentException("service must be store or echo");
    }
  }

  private static List<Path> files(@Nullable Object body) {
    if (body instanceof Path file) {
      return List.of(file);
    }
    if (body instanceof List<?> list) {
      return list.stream().map(Path.class::cast).toList();
    }
    throw new IllegalArgumentException("the body must be a Path or a list of Path");
  }
}

package org.qsmnode.route;

import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.series.Completeness;
import org.qsmnode.series.Recognition;
import org.qsmnode.store.Ledger;

/** The routes of the node; they start sending first and receiving last, and stop in reverse. */
public final class NodeRoutes extends RouteBuilder {

  private final NodeParts parts;
  private final NodeSettings settings;

  public NodeRoutes(NodeParts parts) {
    this.parts = parts;
    this.settings = parts.settings();
  }

  @Override
  public void configure() {
    Ledger ledger = parts.ledger();
    Clock clock = parts.clock();
    Recognition recognition = new Recognition(parts.reconstruction().settings().recognition());
    Dispatch dispatch = new Dispatch(ledger, getContext().createProducerTemplate(), clock);
    Optional<Pacs> pacs = pacs();
    AskCommitment commitment = parts.commitment();
    SendDelivery send =
        new SendDelivery(parts, commitment, new IdentityCheck(ledger, settings, pacs, clock));
    AssembleStudies assemble =
        new AssembleStudies(
            ledger,
            recognition,
            new Completeness(settings.completeness()),
            parts.openAssociations(),
            clock);
    errorHandler(noErrorHandler());

    from(Dispatch.DELIVER + "?transacted=true&concurrentConsumers=" + settings.send().concurrent())
        .routeId("send")
        .startupOrder(1)
        .process(send.begin())
        .filter(body().isNotNull())
        .doTry()
        .toD("${header." + SendDelivery.ENDPOINT + "}")
        .process(send.end())
        .doCatch(Exception.class)
        .process(send.end())
        .end();

    from(SendDelivery.TO_FOLDER).routeId("to-folder").process(send.toFolder());
    from(SendDelivery.BY_STOW).routeId("by-stow").process(send.byStow());

    from(Dispatch.RECONSTRUCT + "?transacted=true&concurrentConsumers=" + settings.processes())
        .routeId("process")
        .startupOrder(2)
        .process(new ProcessJob(parts, recognition))
        .process(exchange -> dispatch.sweep());

    from(quartz("assemble"))
        .routeId("assemble")
        .startupOrder(3)
        .process(exchange -> assemble.sweep())
        .process(exchange -> dispatch.sweep());

    from(receiver()).routeId("receive").startupOrder(4).process(new ReceiveObject(parts));
  }

  private String quartz(String name) {
    return "quartz:node/%s?stateful=true&trigger.repeatInterval=%d&trigger.repeatCount=-1"
        .formatted(name, settings.sweep().toMillis());
  }

  private String receiver() {
    DicomSettings dicom = settings.dicom();
    PeerAddress own = dicom.own();
    return ("dicom:%s?spool=#spool&openAssociations=#openAssociations&receivePduLength=%d"
            + "&associateTimeout=%d&idleTimeout=%d&maxAssociations=%d"
            + "&maxAssociationsPerCallingAe=%d&acceptedCallingAeTitles=RAW(%s)"
            + "&storingAeTitles=RAW(%s)")
        .formatted(
            own,
            dicom.receivePduBytes(),
            dicom.associateTimeout().toMillis(),
            dicom.idleTimeout().toMillis(),
            dicom.maxAssociations(),
            dicom.maxAssociationsPerCallingAe(),
            String.join(",", dicom.acceptedCallingAeTitles()),
            String.join(",", dicom.storingAeTitles()));
  }
}

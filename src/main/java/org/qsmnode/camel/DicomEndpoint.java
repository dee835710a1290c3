package org.qsmnode.camel;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/** One application entity: its own as a consumer, a peer as a producer. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "dicom",
    title = "DICOM",
    syntax = "dicom:address",
    category = {Category.HEALTH},
    headersClass = DicomConstants.class)
public final class DicomEndpoint extends DefaultEndpoint {

  @UriParam private final DicomConfiguration configuration;

  DicomEndpoint(String uri, DicomComponent component, DicomConfiguration configuration) {
    super(uri, component);
    this.configuration = configuration;
  }

  public DicomConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    DicomConsumer consumer = new DicomConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    return new DicomProducer(this);
  }
}

package org.qsmnode.camel;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Receives and sends DICOM objects: {@code dicom:AET@host:port?options}. */
@Component("dicom")
public final class DicomComponent extends DefaultComponent {

  @Metadata(description = "Options that every endpoint starts from.")
  private DicomConfiguration configuration = new DicomConfiguration();

  public DicomConfiguration getConfiguration() {
    return configuration;
  }

  public void setConfiguration(DicomConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    DicomConfiguration options = configuration.copy();
    options.setAddress(URLDecoder.decode(remaining.replace("+", "%2B"), StandardCharsets.UTF_8));
    options.peer();
    DicomEndpoint endpoint = new DicomEndpoint(uri, this, options);
    setProperties(options, parameters);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}

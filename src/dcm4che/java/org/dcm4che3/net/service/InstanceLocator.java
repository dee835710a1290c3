package org.dcm4che3.net.service;

import java.io.File;
import java.net.URI;

/** Where one instance lies that is to be sent. */
public class InstanceLocator {

  public final String cuid;
  public final String iuid;
  public final String tsuid;
  public final String uri;

  /**
   * @param cuid SOP class UID
   * @param iuid SOP instance UID
   * @param tsuid transfer syntax UID of the file
   * @param uri URI of the file
   */
  public InstanceLocator(String cuid, String iuid, String tsuid, String uri) {
    this.cuid = cuid;
    this.iuid = iuid;
    this.tsuid = tsuid;
    this.uri = uri;
  }

  public File getFile() {
    return new File(URI.create(uri));
  }
}

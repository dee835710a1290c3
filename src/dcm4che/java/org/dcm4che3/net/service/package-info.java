/** Services that perform DIMSE operations, found by their SOP class (PS3.7, PS3.4). */
package org.dcm4che3.net.service;

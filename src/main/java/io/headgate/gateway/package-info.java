/// Edge and data plane: authenticates, authorises and relays requests to a Deployment's Airflow. Never blocks,
/// never queries the database on the request path, never lets the caller's credential pass.
@NullMarked
package io.headgate.gateway;

import org.jspecify.annotations.NullMarked;

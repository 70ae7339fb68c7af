"""The part of Headgate that runs inside Airflow. Importing the package itself needs no Airflow."""
